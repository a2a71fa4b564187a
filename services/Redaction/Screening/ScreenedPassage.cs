using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening;

/// <summary>A passage that looks like prompt injection: it addresses a language model rather than people.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Start">Where it starts in all of the text, in UTF-16 code units.</param>
/// <param name="End">Exclusive.</param>
/// <param name="StartLine">The line it starts in, from 1.</param>
/// <param name="EndLine">The line it ends in.</param>
internal readonly record struct ScreenedPassage(PassageKind Kind, long Start, long End, long StartLine, long EndLine);
