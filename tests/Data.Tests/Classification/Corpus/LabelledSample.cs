using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>A made-up file and what it is.</summary>
/// <param name="Type">What it is.</param>
/// <param name="FileName">What it is called, which may mislead.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Origin">Which maker made it, or that it was made by hand.</param>
public sealed record LabelledSample(EvidenceType Type, string FileName, string Content, string Origin);
