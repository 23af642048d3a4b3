"""Makes questions out of passages by rule: which words to ask for, what else might stand there, how to
put it. Proposes only; the gates of the books decide."""
