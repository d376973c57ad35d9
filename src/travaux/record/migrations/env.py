"""Alembic runs this file; `travaux.record.migrations.migrate` gives it the connection."""

from alembic import context

from travaux.record.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # Alembic assumes that SQLite has none; it has, once the driver leaves BEGIN alone
)
with context.begin_transaction():
    context.run_migrations()
