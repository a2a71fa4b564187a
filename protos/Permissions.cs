using System.Collections.Frozen;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf.Reflection;

namespace FaultMaven.Protos;

/// <summary>
/// The one place that says who may call what. docs/permissions.md is written from it, and a method without a rule can be called by no one.
/// </summary>
public static class Permissions
{
    // A service that is not here is for no key.
    private static readonly Dictionary<string, Scope> s_scopes = new()
    {
        [AgentService.Descriptor.FullName] = Scope.Cases,
        [SessionService.Descriptor.FullName] = Scope.Cases,
        [DataService.Descriptor.FullName] = Scope.Evidence,
        [KnowledgeService.Descriptor.FullName] = Scope.Knowledge,
        [RedactionService.Descriptor.FullName] = Scope.Redaction,
        [RedactionPolicyService.Descriptor.FullName] = Scope.Redaction,
        [FlagService.Descriptor.FullName] = Scope.Operations,
        [OutboxService.Descriptor.FullName] = Scope.Operations,
        [AuditService.Descriptor.FullName] = Scope.Operations,
        [SettingsService.Descriptor.FullName] = Scope.Operations,
    };

    private static readonly FrozenDictionary<string, RpcRule> s_rules = new Dictionary<string, RpcRule>
    {
        [Of(AgentService.Descriptor, "CreateTurn")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(AgentService.Descriptor, "WatchTurn")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "GetTurn")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "ListTurns")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "CancelTurn")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(AgentService.Descriptor, "CreateReport")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(AgentService.Descriptor, "GetReport")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "ListReports")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "RenderReport")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "GetCaseMemory")] = new(Role.Viewer, CaseRight.Read),
        [Of(AgentService.Descriptor, "GetFailureMode")] = new(Role.Viewer),
        [Of(AgentService.Descriptor, "ListFailureModes")] = new(Role.Viewer),

        [Of(AuditService.Descriptor, "ListAuditEntries")] = new(Role.Auditor),
        [Of(AuditService.Descriptor, "ExportAuditEntries")] = new(Role.Auditor, Changes: true),
        [Of(AuditService.Descriptor, "VerifyAuditLogs")] = new(Role.Auditor),

        [Of(DataService.Descriptor, "UploadEvidence")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(DataService.Descriptor, "CreateEvidence")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(DataService.Descriptor, "UploadSmallFiles")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(DataService.Descriptor, "ImportEvidence")] = new(Role.Member, CaseRight.Contribute, Changes: true),
        [Of(DataService.Descriptor, "GetEvidence")] = new(Role.Viewer, CaseRight.Read),
        [Of(DataService.Descriptor, "ListEvidence")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "DeleteEvidence")] = new(Role.Member, CaseRight.Change, Changes: true),
        [Of(DataService.Descriptor, "GetSignal")] = new(Role.Viewer, CaseRight.Read),
        [Of(DataService.Descriptor, "ListSignals")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "ReadEvidenceLines")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "SearchEvidence")] = new(Role.Viewer, CaseRight.Read),
        [Of(DataService.Descriptor, "FindKeyLines")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "GetCaseGraph")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "QueryEvidenceTimeline")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "QueryMetricSeries")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(DataService.Descriptor, "ReclassifyEvidence")] = new(Role.Member, CaseRight.Change, Changes: true),
        [Of(DataService.Descriptor, "MineTemplates")] = new(Role.Member),

        [Of(ApiKeyService.Descriptor, "CreateApiKey")] = new(Role.Member, Changes: true),
        [Of(ApiKeyService.Descriptor, "GetApiKey")] = new(Role.Viewer),
        [Of(ApiKeyService.Descriptor, "ListApiKeys")] = new(Role.Viewer),
        [Of(ApiKeyService.Descriptor, "RotateApiKey")] = new(Role.Member, Changes: true),
        [Of(ApiKeyService.Descriptor, "RevokeApiKey")] = new(Role.Member, Changes: true),

        [Of(KnowledgeService.Descriptor, "BatchImportDocuments")] = new(Role.Member, Changes: true),
        [Of(KnowledgeService.Descriptor, "GetDocument")] = new(Role.Viewer),
        [Of(KnowledgeService.Descriptor, "ListDocuments")] = new(Role.Viewer),
        [Of(KnowledgeService.Descriptor, "DeleteDocument")] = new(Role.Member, Changes: true),
        [Of(KnowledgeService.Descriptor, "SearchDocuments")] = new(Role.Viewer, ByServices: true),

        [Of(OutboxService.Descriptor, "ListOutboxes")] = new(Role.Operator, OfInstallation: true),
        [Of(OutboxService.Descriptor, "ListDeadLetters")] = new(Role.Operator),
        [Of(OutboxService.Descriptor, "ReplayDeadLetter")] = new(Role.Operator, Changes: true),
        [Of(OutboxService.Descriptor, "DeleteDeadLetter")] = new(Role.Operator, Changes: true),

        [Of(TenantService.Descriptor, "ForgetTenant")] = new(Role.Admin, Changes: true, OfInstallation: true),

        [Of(FlagService.Descriptor, "ListFlags")] = new(Role.Operator, OfInstallation: true),
        [Of(FlagService.Descriptor, "SetFlag")] = new(Role.Admin, Changes: true, OfInstallation: true),
        [Of(FlagService.Descriptor, "ResetFlag")] = new(Role.Admin, Changes: true, OfInstallation: true),

        [Of(SettingsService.Descriptor, "ListEffectiveSettings")] = new(Role.Operator, OfInstallation: true),

        [Of(RedactionPolicyService.Descriptor, "GetRedactionPolicy")] = new(Role.Viewer),
        [Of(RedactionPolicyService.Descriptor, "ListRedactionPolicies")] = new(Role.Viewer),
        [Of(RedactionPolicyService.Descriptor, "CreateRedactionPolicy")] = new(Role.Admin, Changes: true),
        [Of(RedactionPolicyService.Descriptor, "UpdateRedactionPolicy")] = new(Role.Admin, Changes: true),
        [Of(RedactionPolicyService.Descriptor, "DeleteRedactionPolicy")] = new(Role.Admin, Changes: true),

        [Of(RedactionService.Descriptor, "RedactText")] = new(Role.Member, CaseRight.Contribute, ByServices: true),
        [Of(RedactionService.Descriptor, "BatchRedactText")] = new(Role.Member, CaseRight.Contribute, ByServices: true),
        [Of(RedactionService.Descriptor, "StreamRedactText")] = new(Role.Member, CaseRight.Contribute, ByServices: true),
        [Of(RedactionService.Descriptor, "InspectText")] = new(Role.Member),
        [Of(RedactionService.Descriptor, "RestoreText")] = new(Role.Admin, CaseRight.Read, Changes: true),
        [Of(RedactionService.Descriptor, "StreamRestoreText")] = new(Role.Admin, CaseRight.Read, Changes: true),
        [Of(RedactionService.Descriptor, "ForgetScope")] = new(Role.Admin, CaseRight.Delete, Changes: true),

        [Of(SessionService.Descriptor, "CreateCase")] = new(Role.Member, Changes: true),
        [Of(SessionService.Descriptor, "GetCase")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(SessionService.Descriptor, "ListCases")] = new(Role.Viewer),
        [Of(SessionService.Descriptor, "UpdateCase")] = new(Role.Member, CaseRight.Change, Changes: true),
        [Of(SessionService.Descriptor, "DeleteCase")] = new(Role.Member, CaseRight.Delete, Changes: true),
        [Of(SessionService.Descriptor, "CloseCase")] = new(Role.Member, CaseRight.Change, Changes: true),
        [Of(SessionService.Descriptor, "ReopenCase")] = new(Role.Member, CaseRight.Change, Changes: true),
        [Of(SessionService.Descriptor, "ShareCase")] = new(Role.Member, CaseRight.Own, Changes: true),
        [Of(SessionService.Descriptor, "UnshareCase")] = new(Role.Member, CaseRight.Own, Changes: true),
        [Of(SessionService.Descriptor, "TransferCase")] = new(Role.Member, CaseRight.Own, Changes: true),
        [Of(SessionService.Descriptor, "ChangeCaseAccess")] = new(Role.Member, CaseRight.Own, Changes: true),
        [Of(SessionService.Descriptor, "CreateMessage")] = new(Role.Member, CaseRight.Contribute, ByServices: true, Changes: true),
        [Of(SessionService.Descriptor, "GetMessage")] = new(Role.Viewer, CaseRight.Read),
        [Of(SessionService.Descriptor, "ListMessages")] = new(Role.Viewer, CaseRight.Read),
        [Of(SessionService.Descriptor, "ListCaseEvents")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
        [Of(SessionService.Descriptor, "WatchCase")] = new(Role.Viewer, CaseRight.Read, ByServices: true),
    }.ToFrozenDictionary(rule => rule.Key, rule => rule.Value with { Scope = ScopeOf(rule.Key) });

    /// <summary>The methods that have a rule, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</summary>
    public static IReadOnlyCollection<string> Methods => s_rules.Keys;

    /// <summary>The rule of a method by its full name, or null.</summary>
    public static RpcRule? Find(string method) => s_rules.GetValueOrDefault(method);

    private static Scope? ScopeOf(string method) =>
        s_scopes.TryGetValue(method.Split('/')[1], out var scope) ? scope : null;

    private static string Of(ServiceDescriptor service, string method) => service.FindMethodByName(method) is { } found
        ? $"/{service.FullName}/{found.Name}"
        : throw new ArgumentException($"{service.FullName} has no {method}.");
}
