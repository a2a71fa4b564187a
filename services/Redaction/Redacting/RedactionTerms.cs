using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Redacting;

/// <summary>Under which terms a call redacts.</summary>
/// <param name="Scope">Inside what the same value has the same placeholder.</param>
/// <param name="Policy">What is found, and what happens to it.</param>
/// <param name="IsRaw">Whether nothing in the text comes from us, so that all that looks like a placeholder is a value.</param>
internal sealed record RedactionTerms(Scope Scope, CompiledPolicy Policy, bool IsRaw);
