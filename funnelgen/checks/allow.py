"""The rules about `allow:` itself."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Rule, Subject, allowing, found, misspelt
from funnelgen.diagnostics import Edit, Span


def wrong_allow(subject: Subject) -> Iterator[Finding]:
    """An `allow:` names no rule, or one that is an error.

    What may be allowed are warnings and advice, by the name that stands below them. An error is never right, so it
    cannot be allowed: a buyer would be lost, or misled.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 400}
    steps:
      - checkout: course
      - oto: calls
        allow: {oto-price-rang: "priced by the hour"}
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     allow: {oto-price-rang: "priced by the hour"}
    +     allow: {oto-price-range: "priced by the hour"}
    ```
    """
    known = {rule.name: rule for rule in subject.rules}
    warnings = [name for name, rule in known.items() if rule.can_be_allowed]
    codes = {rule.code: rule for rule in subject.rules}
    for model in allowing(subject.site):
        for name in model.allow:
            span = model.places.key(f"allow.{name}")
            if name.upper() in codes:
                yield _by_code(codes[name.upper()], name, span, taken=codes[name.upper()].name in model.allow)
            elif name not in known:
                help, fix = misspelt(name, warnings, span)
                yield found(f"no rule is called `{name}`", span, help, fix=fix)
            elif not known[name].can_be_allowed:
                yield found(f"`{name}` is an error, which cannot be allowed", span, "mend what it finds")


def _by_code(rule: Rule, code: str, span: Span | None, *, taken: bool) -> Finding:
    """A rule that is named by its code; `taken` where its name stands there as well."""
    if not rule.can_be_allowed:
        return found(f"`{code}` is an error, which cannot be allowed", span, "mend what it finds")
    fix = (Edit(span, code, rule.name),) if span and not taken else ()
    return found(f"`{code}` is a rule's code, not its name", span, f"did you mean `{rule.name}`?", fix=fix)


def idle_allow(subject: Subject) -> Iterator[Finding]:
    """An `allow:` silences nothing: what it was written for is not there, or not any more.

    It would hide the next mistake of that kind, which nobody has thought about yet. While a site has errors, nothing is
    said: the warning may only be gone because its rule found nothing to look at.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - checkout: course
      - oto: calls
        allow: {oto-price-range: "priced by the hour"}
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     allow: {oto-price-range: "priced by the hour"}
    ```
    """
    for model in allowing(subject.site) if not subject.broken else ():
        for name in model.allow:
            rule = subject.ran.get(name)
            if rule and rule.can_be_allowed and (id(model), name) not in subject.allowed:
                span = model.places.key(f"allow.{name}")
                yield found(f"`{name}` finds nothing here", span, "remove it, so that it cannot hide something later")
