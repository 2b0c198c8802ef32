"""What nobody can promise: income, results, a cure."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.claims.judging import claims
from funnelgen.checks.rule import Finding, Subject, found


def earnings_claim(subject: Subject) -> Iterator[Finding]:
    """The copy says what a buyer will earn.

    Nobody knows that. In the USA a claim about earnings, also a customer's, needs proof that it is what buyers can
    generally expect (FTC Act, section 5; Endorsement Guides, 16 CFR Part 255), and "results not typical" does not
    mend it; one settlement of 2026 took about $90 million. In the EU it is a misleading practice (Directive
    2005/29/EC). This is no legal advice. Sentences that deny or ask it are not found, nor the glossary and the legal
    pages. Where you hold the proof, allow it and say where it is.

    Fires:

    ```markdown copy/sales.md
    Make **$10k a month** from your kitchen table.
    ```

    Mended:

    ```diff copy/sales.md
    - Make **$10k a month** from your kitchen table.
    + You leave with an outline, a price and ten people to invite.
    ```
    """
    help = "say what the offer does for the buyer, not what it will make them"
    for claim in claims(subject, "earnings-claim"):
        text = claim.text
        yield found(f"`{claim.words}` promises income", text.at(claim.start, claim.length), help, text.about)


def guaranteed_result(subject: Subject) -> Iterator[Finding]:
    """The copy promises a result that depends on the buyer.

    Weight lost, clients won, a life transformed: whether it comes is not in the seller's hands, so a promise of it
    cannot be kept, and it is what refunds and complaints are about. A claim of results needs proof (FTC Act, section
    5; in the EU Directive 2005/29/EC). This is no legal advice. What is in your hands you may promise as firmly as
    you like: a refund, a seat, a reply within two days.

    Fires:

    ```markdown copy/sales.md
    Guaranteed results in six weeks. You can’t fail.
    ```

    Mended:

    ```diff copy/sales.md
    - Guaranteed results in six weeks. You can’t fail.
    + Six lessons in six weeks. If it isn’t for you, the full amount comes back.
    ```
    """
    help = "promise what is in your hands: the material, the hours, the refund"
    for claim in claims(subject, "guaranteed-result"):
        text = claim.text
        yield found(f"`{claim.words}` promises a result", text.at(claim.start, claim.length), help, text.about)


def health_claim(subject: Subject) -> Iterator[Finding]:
    """The copy says that the offer treats, cures or diagnoses an illness.

    Somebody who is ill may believe it, and stop a treatment that helps. Claims about health need sound clinical
    evidence in the USA (FTC Act, sections 5 and 12), and in the EU it is unfair under all circumstances to claim
    falsely that a product cures an illness (Directive 2005/29/EC, Annex I, no. 17); professions and states have rules
    of their own. This is no legal advice. That you work with people who have an illness, that it can help, and what
    it does not replace are honest sentences, and are not found.

    Fires:

    ```markdown copy/sales.md
    This program heals trauma. Say goodbye to panic attacks.
    ```

    Mended:

    ```diff copy/sales.md
    - This program heals trauma. Say goodbye to panic attacks.
    + You learn what to do in the first minutes of a panic attack. It does not replace therapy.
    ```
    """
    help = "say what people learn or practise, and what it does not replace"
    for claim in claims(subject, "health-claim"):
        text = claim.text
        yield found(f"`{claim.words}` claims a medical effect", text.at(claim.start, claim.length), help, text.about)
