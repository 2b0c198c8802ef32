"""Are the pages in one language?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.site.models import Config, Stack

NAMED = 3


def untranslated(subject: Subject) -> Iterator[Finding]:
    """Fixed words of the pages are in English, on a site in another language.

    Buttons, terms and headings that the copy does not give come from a file of words per language. There is one for
    English, German, Spanish, French, Italian, Dutch, Portuguese, Arabic and Hebrew; every other language falls back
    to English, and a buyer who does not read it is asked to agree to terms in it. Write the missing ones in
    theme/strings/, by the keys of the base theme's en.yaml. Where the copy is in English and only dates and amounts
    should look as they do in the country, there is a locale of English for most countries.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    locale: sv-SE
    ```

    Mended:

    ```diff site.yaml
    - locale: sv-SE
    + locale: en-SE
    ```
    """
    for locale, keys in (subject.built.untranslated if subject.built else {}).items():
        config = subject.site.config
        language = locale.partition("-")[0]
        some = ", ".join(f"`{key}`" for key in keys[:NAMED])
        more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
        help = (
            f"write them in theme/strings/{language}.yaml, or name a locale of English if that is what the copy is in"
        )
        message = f"fixed words are in English, not in `{language}`: {some}{more}"
        models: list[Config | Stack] = [config, *subject.site.stacks]
        where = next(model for model in models if model.locale == locale)
        yield found(message, where.places.at("locale"), help, where, config)
