using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Memory;

namespace FaultMaven.Agents.Models;

/// <summary>What a model gets to answer from.</summary>
/// <param name="Question">What is asked, completed by what was asked before.</param>
/// <param name="Investigation">The analyst's investigation.</param>
/// <param name="Graph">How the objects of the case are related.</param>
/// <param name="Knowledge">Passages of documents, the best first.</param>
/// <param name="Memory">What was said, found and concluded earlier in the case.</param>
internal sealed record ModelMaterial(
    string Question, Investigation Investigation, Data.CaseGraph Graph, IReadOnlyList<KnowledgePassage> Knowledge, MemoryWindow Memory);
