"""The proof that no buyer gets lost: a real browser walks a built funnel and compares it with its manifest."""
