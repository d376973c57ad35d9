"""The light guess at a report's language."""

from __future__ import annotations

import pytest

from travaux.intake import language_of

SENTENCES = {
    "en": "The delegations left Geneva on Friday without a result, and no date was set for another round of talks.",
    "de": "Die Delegationen haben Genf am Freitag ohne Ergebnis verlassen, und es gibt noch keinen Termin für die nächste Runde.",
    "fr": "Les délégations ont quitté Genève vendredi sans résultat, et il n'y a pas de date pour une nouvelle série de pourparlers.",
    "es": "Las delegaciones salieron de Ginebra el viernes sin resultado, y no hay fecha para una nueva ronda de las conversaciones.",
    "it": "Le delegazioni hanno lasciato Ginevra venerdì senza un risultato, e non è stata fissata una data per il prossimo incontro tra le parti.",
    "ru": "Делегации уехали из Женевы в пятницу без результата, и дата следующего раунда переговоров так и не была названа, сообщили посредники.",
    "uk": "Делегації залишили Женеву в п'ятницю без результату, і дату наступного раунду переговорів ще не названо, повідомили посередники з України.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_running_text_is_told(code: str) -> None:
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Geneva",
        "Kyiv Moscow Ankara Geneva Minsk Rome Paris Berlin Oslo Bern Wien Prag Riga",
        "日内瓦会谈没有结果。" * 20,
        "1 2 3 " * 50,
    ],
)
def test_none_where_it_would_be_a_guess(text: str) -> None:
    assert language_of(text) is None


def test_a_foreign_quotation_does_not_decide() -> None:
    text = f"{SENTENCES['en']} {SENTENCES['en']} The banner said: «Россия». {SENTENCES['en']}"
    assert language_of(text) == "en"
