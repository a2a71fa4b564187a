using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Redacting;

/// <summary>Under which terms a call redacts.</summary>
/// <param name="Scope">Inside what the same value has the same placeholder.</param>
/// <param name="Policy">What is found, and what happens to it.</param>
/// <param name="KeepsPlaceholders">Whether placeholders that the scope has given out stay. Otherwise all that looks like one is a
/// value.</param>
internal sealed record RedactionTerms(Scope Scope, CompiledPolicy Policy, bool KeepsPlaceholders);
