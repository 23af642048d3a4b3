"""A source with macros, a comment, a formula with a label, a list, a table, a note and a listing."""

FILE = "a.tex"
SAYS = "By (1), the Müller flow is $\\Phi = \\mathrm{d} V/\\mathrm{d} t$."
PLACE = {"kind": "section", "path": ["Water", "Osmosis"], "paragraph": 1}


def content() -> bytes:
    """Return it."""
    return rb"""\documentclass{article}
\newcommand{\dd}{\mathrm{d}} \newcommand{\flow}[2][V]{\dd#1/\dd#2}
\def\loop{\loop\loop}
\title{Water in \emph{plants}}
\begin{document}\maketitle
\section{Water} % unseen
\subsection*{Osmosis}\label{sec:o}
Water moves through a mem\-brane: \begin{equation}\label{eq:p}\pi = i c R T\end{equation}

By~\eqref{eq:p}, the M\"uller flow is $\Phi = \flow{t}$.\footnote{Not salt, 5\,\%.}

\begin{itemize}\item firm \textbf{cells} \item upright stems, see \ref{sec:o}\end{itemize}
\begin{table}\caption{Masses}
\begin{tabular}{l|r}\hline Substance & Mass \\ Water & 18 \\ \hline\end{tabular}\end{table}
\begin{verbatim}
% kept
\end{verbatim}
\loop
\end{document} unseen
"""
