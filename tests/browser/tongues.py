"""One small site with a page of every kind, in every language there is: it says as little as it can itself."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .sites import write_files


class Tongue(NamedTuple):
    """What a creator who writes in a language calls things, and the currency of the prices."""

    currency: str
    course: str
    calls: str
    circle: str
    guide: str
    word: str
    sentence: str


TONGUES = {
    "de-DE": Tongue("EUR", "Onlinekurs-Grundausstattung", "Strategiegespräche", "Der Kreis", "Der Leitfaden",
                    "Bestellergänzung", "Ein fertiger Kurs in sechs Wochen, jeden Tag ein kleiner Schritt."),
    "es-ES": Tongue("EUR", "Lanza tu curso", "Llamadas de estrategia", "El Círculo", "La guía", "Oferta adicional",
                    "Un curso terminado en seis semanas, con un pequeño paso al día."),
    "fr-FR": Tongue("EUR", "Lancez votre formation", "Appels stratégiques", "Le Cercle", "Le guide",
                    "Offre complémentaire", "Une formation prête en six semaines, un petit pas par jour."),
    "pt-BR": Tongue("BRL", "Lance seu curso", "Conversas de estratégia", "O Círculo", "O guia", "Oferta adicional",
                    "Um curso pronto em seis semanas, um pequeno passo por dia."),
    "pt-PT": Tongue("EUR", "Lance o seu curso", "Conversas de estratégia", "O Círculo", "O guia", "Oferta adicional",
                    "Um curso pronto em seis semanas, um pequeno passo por dia."),
    "it-IT": Tongue("EUR", "Lancia il tuo corso", "Incontri di strategia", "Il Cerchio", "La guida",
                    "Offerta aggiuntiva", "Un corso finito in sei settimane, un piccolo passo al giorno."),
    "nl-NL": Tongue("EUR", "Lanceer je cursus", "Strategiegesprekken", "De Kring", "De gids", "Besteluitbreiding",
                    "Een cursus klaar in zes weken, elke dag een kleine stap."),
    "ar": Tongue("USD", "أطلق دورتك التدريبية", "مكالمات التخطيط", "الحلقة", "الدليل", "العرض الإضافي",
                 "دورة جاهزة في ستة أسابيع، خطوة صغيرة كل يوم."),
    "he": Tongue("ILS", "הקורס הראשון שלכם", "שיחות תכנון", "המעגל", "המדריך", "תוספת להזמנה",
                 "קורס מוכן בשישה שבועות, צעד קטן בכל יום."),
}  # fmt: skip

ALPHABETS = (*range(0x41, 0x180), *range(0x5D0, 0x5EB), *range(0x621, 0x653))
LETTERS = "".join(chr(c) for c in ALPHABETS if chr(c).isalpha()) + "،؛؟ًٌٍَُِّْ" + "«»„“”‘’·–—…₪€\u202f\xa0¿¡"
"""On a page of every site, so that the fonts of a theme are cut for all languages at once: that takes the longest."""

SITE = """\
name: {course}
url: https://small-shop.example
locale: {locale}
theme: {theme}
currency: {currency}
tax: included
sells_to: [EU]
menu: [glossary, about]
seller: {{name: {course}, address: 2 Example Road, email: help@small-shop.example, country: IE, vat: IE1234567X,
  statement: EXAMPLE}}
legal: {{terms: terms, privacy: terms, refunds: terms, imprint: terms, contact: about, withdrawal: terms}}
"""
STACK = """\
audience: people who test
offers:
  guide: {{name: {guide}, promise: "{sentence}", deliver: guide.txt}}
  starter: {{name: "{guide} 2", price: 7, promise: "{sentence}", deliver: guide.txt}}
  course:
    name: {course}
    category: course
    price: 1297
    promise: "{sentence}"
    includes: ["{sentence}", "{course}", "{calls}"]
    deliver: guide.txt
  calls: {{name: {calls}, category: calls, price: 27.50, pitch: "{sentence}", deliver: guide.txt}}
  year: {{name: {circle}, price: 490, every: year, trial: 14, promise: "{sentence}", deliver: guide.txt}}
  plan: {{name: {calls}, pay: 3 x 433, promise: "{sentence}", includes: ["{sentence}"], deliver: guide.txt}}
  circle: {{name: {circle}, price: 49, every: month, promise: "{sentence}", deliver: guide.txt}}
steps:
  - lead-magnet: guide
  - tripwire: starter
  - thank-you:
    id: yours
  - sales: course
  - checkout: course
    bump: calls
  - oto: year
    downsell: plan
  - thank-you:
    cross-sell: circle
"""
SALES = """\
/// recognise
- {sentence}
- {course}
///
/// modules
### {course} | 28 min

{sentence}

### {calls} | Bestellergänzungsmodulzeitraum

{sentence}
///
/// beats
### {course} | 2

{sentence}
///
/// fit
### {circle}

- {sentence}

### {calls}

- {sentence}
///
/// person
{sentence}
///
/// testimonial | {course}
    sample: true
{sentence}
///
/// guarantee
{sentence}
///
/// faq
### {course}?

{sentence}
///
"""
THANKS = """\
/// next
### {course} | 1

{sentence}
///
"""
HUB = """\
---
description: "{sentence}"
---
/// ways
### {guide}

{sentence}

[{guide}](step:lead-magnet)
///
"""
TERM = """\
---
term: {word}
definition: "{sentence}"
also: [{circle}, {calls}]
related: [other]
part_of: page:about
differs: [{{term: other, how: "{sentence}"}}]
reviewed: 2026-03-21
---
/// example
{sentence}
///
"""
TERMS = """\
---
updated: 2026-03-01
---
## {course}

[{calls}](mailto:help@small-shop.example)

## {calls}

{sentence}
"""
FILES = {
    "site.yaml": SITE,
    "stack.yaml": STACK,
    "copy/sales.md": SALES,
    "copy/thank-you.md": THANKS,
    "copy/oto.md": "{sentence}\n",
    "pages/index.md": HUB,
    "pages/about.md": '---\nheadline: "{calls}"\n---\n{sentence}\n\n' + " ".join(LETTERS) + "\n",
    "pages/terms.md": TERMS,
    "glossary/bump.md": TERM,
    "glossary/other.md": '---\nterm: {course}\ndefinition: "{sentence}"\n---\n{sentence}\n',
    "theme/strings/de.yaml": "legal-privacy: Datenschutzgrundverordnungen\n",
    "downloads/guide.txt": "{sentence}\n" * 40,
}


def write_in(folder: Path, locale: str, theme: str) -> Path:
    """Write the site in one of the `TONGUES`, in a theme."""
    words = {"locale": locale, "theme": theme, **TONGUES[locale]._asdict()}
    return write_files(folder, {name: text.format_map(words) for name, text in FILES.items()})
