namespace FaultMaven.Data.Analysis.Catalogue;

/// <summary>A kind of signal. Once shipped it keeps its meaning: failure modes are written against it.</summary>
/// <param name="Name">Its name, such as <c>pod.oom_killed</c>.</param>
/// <param name="Means">What it reports, in a clause; begins with <c>normal:</c> if it reports that something is healthy.</param>
/// <param name="About">What its subject is: the part of the subject before the slash, or several of them.</param>
/// <param name="Attributes">The attributes that come with it where the evidence has them, as <see cref="SignalCatalogue.Attributes"/> lists
/// them.</param>
internal sealed record SignalKind(string Name, string Means, string About, params string[] Attributes);

/// <summary>Kinds of signal that come from the same sort of evidence.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Introduction">What to know before reading the table, in Markdown; may be empty.</param>
/// <param name="Notes">What else to know, in Markdown; may be empty.</param>
/// <param name="Kinds">The kinds, in the order in which they are listed.</param>
internal sealed record SignalFamily(string Title, string Introduction, string Notes, IReadOnlyList<SignalKind> Kinds);

/// <summary>A fact behind the summary of a signal.</summary>
/// <param name="Name">Its name, such as <c>window_seconds</c>.</param>
/// <param name="Unit">The unit of a number; empty for text and plain counts.</param>
/// <param name="Means">What it is.</param>
internal sealed record SignalAttribute(string Name, string Unit, string Means);
