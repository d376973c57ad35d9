"""A source in an object store, from a real S3 server on this machine."""

from __future__ import annotations

import pytest
from corpus_runs import lines, run, surroundings

pytest.importorskip("daft")
pytest.importorskip("moto.server", reason="needs moto and flask, which come with the development dependencies")
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import REPORTS, SOURCES


@pytest.fixture
def store():
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_REGION": "us-east-1"}
    told["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=told["AWS_ENDPOINT_URL"],
        region_name="us-east-1",
        aws_access_key_id="none",
        aws_secret_access_key="none",
    )
    client.create_bucket(Bucket="crawl")
    yield client, {**surroundings(), **told}
    server.stop()


def test_objects_are_taken_in_once_by_their_content(store, tmp_path):
    client, env = store
    client.put_object(Bucket="crawl", Key="2025/a.jsonl", Body=lines(2).encode())
    client.put_object(
        Bucket="crawl", Key="2025/08/b.txt", Body=b"Northland supports the ferry link, its envoy said.\n" * 3
    )
    client.put_object(Bucket="crawl", Key="2025/picture.png", Body=b"\x89PNG")
    client.put_object(Bucket="crawl", Key="2024/old.jsonl", Body=lines(1).encode())
    outcome = run("s3://crawl/2025", tmp_path / "corpus", env, workers=1)
    assert (outcome["new"], outcome["refused"]) == (3, [])
    corpus = CorpusFolder.opened(tmp_path / "corpus")
    rows = [row for part in corpus.parts(REPORTS) for row in corpus.rows(REPORTS, part, ["report", "raw"])]
    assert [row["report"] for row in rows] == ["08/b.txt", "a.jsonl/a000", "a.jsonl/a001"]
    assert rows[1]["raw"] + b"\n" + rows[2]["raw"] + b"\n" == lines(2).encode()
    sources = [row for part in corpus.parts(SOURCES) for row in corpus.rows(SOURCES, part)]
    assert {row["address"] for row in sources} == {"s3://crawl/2025/08/b.txt", "s3://crawl/2025/a.jsonl"}
    client.put_object(Bucket="crawl", Key="2025/a.jsonl", Body=lines(3).encode())
    again = run("s3://crawl/2025/*.jsonl", tmp_path / "corpus", env, workers=1)
    assert (again["new"], again["copies"], again["read"]) == (1, 2, 1)
