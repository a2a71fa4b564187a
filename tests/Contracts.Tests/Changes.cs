using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using CaseClosed = FaultMaven.Protos.Events.V1.CaseClosed;
using DeadLetter = FaultMaven.ServiceDefaults.Messaging.DeadLetter;

namespace FaultMaven.Contracts.Tests;

/// <summary>Makes a request for each RPC that changes something, each different from the last, and makes the calls.</summary>
internal sealed class Changes(FaultMavenHost host)
{
    private static readonly string[] s_flags = ["flags/agent-model", "flags/agent-turns-at-once", "flags/redaction-external"];

    private readonly SessionService.SessionServiceClient _sessions = new(host.Channel);
    private readonly DataService.DataServiceClient _data = new(host.Channel);
    private readonly AgentService.AgentServiceClient _agent = new(host.Channel);
    private readonly KnowledgeService.KnowledgeServiceClient _knowledge = new(host.Channel);
    private readonly RedactionService.RedactionServiceClient _redaction = new(host.Channel);
    private readonly RedactionPolicyService.RedactionPolicyServiceClient _policies = new(host.Channel);
    private readonly ApiKeyService.ApiKeyServiceClient _keys = new(host.Channel);
    private readonly HashSet<string> _cases = [];
    private int _changed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Unique => $"{Guid.NewGuid():N}";

    /// <summary>A valid request without a request id; for uploads, what comes before the content, which is made of the name.</summary>
    public async Task<IMessage> PrepareAsync(string method) => method.Split('/')[2] switch
    {
        "CreateTurn" => new CreateTurnRequest { Parent = await CaseAsync(), Question = $"Why {Unique}?" },
        "CancelTurn" => new CancelTurnRequest { Name = await TurnAsync() },
        "CreateReport" => new CreateReportRequest { Parent = await CaseAsync(), Kind = Report.Types.Kind.Postmortem },
        "UploadEvidence" or "ImportEvidence" => new EvidenceMetadata { Parent = await CaseAsync(), FileName = $"{Unique}.log" },
        "CreateEvidence" => Evidence(await CaseAsync()),
        "UploadSmallFiles" => new UploadSmallFilesRequest
        {
            Parent = await CaseAsync(), Requests = { Evidence(""), Evidence("") },
        },
        "DeleteEvidence" => new DeleteEvidenceRequest { Name = await EvidenceAsync() },
        "ReclassifyEvidence" => new ReclassifyEvidenceRequest { Name = await EvidenceAsync(), Type = EvidenceType.Config },
        "BatchImportDocuments" => Documents(),
        "DeleteDocument" => new DeleteDocumentRequest
        {
            Name = (await _knowledge.BatchImportDocumentsAsync(Documents(), cancellationToken: Cancel)).Results[0].Document.Name,
        },
        "ReplayDeadLetter" => new ReplayDeadLetterRequest { Name = await DeadLetterAsync() },
        "DeleteDeadLetter" => new DeleteDeadLetterRequest { Name = await DeadLetterAsync() },
        "SetFlag" => new SetFlagRequest { Name = "flags/agent-turns-at-once", Value = $"{Interlocked.Increment(ref _changed) + 20}" },
        "ResetFlag" => new ResetFlagRequest { Name = s_flags[Interlocked.Increment(ref _changed) % s_flags.Length] },
        "CreateRedactionPolicy" => new CreateRedactionPolicyRequest { RedactionPolicyId = $"p{Unique}", RedactionPolicy = new() },
        "UpdateRedactionPolicy" => new UpdateRedactionPolicyRequest { RedactionPolicy = await PolicyAsync() },
        "DeleteRedactionPolicy" => new DeleteRedactionPolicyRequest { Name = (await PolicyAsync()).Name },
        "ForgetScope" => new ForgetScopeRequest { Scope = await ScopeAsync() },
        "CreateApiKey" => NewKey(),
        "RotateApiKey" => new RotateApiKeyRequest { Name = await KeyAsync() },
        "RevokeApiKey" => new RevokeApiKeyRequest { Name = await KeyAsync() },
        "CreateCase" => new CreateCaseRequest { Title = Unique },
        "UpdateCase" => new UpdateCaseRequest { Case = new() { Name = await CaseAsync(), Title = Unique } },
        "DeleteCase" => new DeleteCaseRequest { Name = await CaseAsync() },
        "CloseCase" => new CloseCaseRequest { Name = await CaseAsync(), Resolution = Case.Types.Resolution.Resolved },
        "ReopenCase" => new ReopenCaseRequest { Name = await ClosedCaseAsync() },
        "ShareCase" => new ShareCaseRequest
        {
            Name = await CaseAsync(), Member = $"person:{Unique}", Role = CaseMember.Types.Role.Viewer,
        },
        "UnshareCase" => await UnshareAsync(),
        "TransferCase" => new TransferCaseRequest { Name = await CaseAsync(), Owner = $"person:{Unique}" },
        "ChangeCaseAccess" => new ChangeCaseAccessRequest { Name = await CaseAsync(), Access = Case.Types.Access.Members },
        "CreateMessage" => new CreateMessageRequest { Parent = await CaseAsync(), Text = Unique },
        _ => throw new ArgumentException($"{method} is a new method: say here how it is called."),
    };

    /// <summary>Calls a method.</summary>
    /// <param name="method">Its full name.</param>
    /// <param name="request">What <see cref="PrepareAsync"/> gave.</param>
    /// <param name="id">The request id.</param>
    /// <param name="token">Who calls; null for the local user.</param>
    /// <returns>The answer, of a stream the last one, and whether it was given before.</returns>
    public async Task<(ByteString Answer, bool IsReplayed)> CallAsync(string method, IMessage request, string id, string? token = null)
    {
        var copy = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        copy.Descriptor.FindFieldByName("request_id").Accessor.SetValue(copy, id);
        Metadata headers = token is null ? [] : new() { { IdentityTokens.Header, token } };
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var parts = method.Split('/');
        using var call = host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], raw, raw),
            null,
            new CallOptions(headers, cancellationToken: Cancel));
        foreach (var message in MessagesOf(parts[2], copy))
        {
            await call.RequestStream.WriteAsync(message.ToByteArray(), Cancel);
        }

        await call.RequestStream.CompleteAsync();
        byte[] last = [];
        while (await call.ResponseStream.MoveNext(Cancel))
        {
            last = call.ResponseStream.Current;
        }

        var answered = await call.ResponseHeadersAsync;

        // The secret of a key is given once.
        if (parts[1] == ApiKeyService.Descriptor.FullName)
        {
            var key = ApiKey.Parser.ParseFrom(last);
            key.Secret = "";
            last = key.ToByteArray();
        }

        return (ByteString.CopyFrom(last), answered.GetValue(RequestLedger.ReplayedHeader) == "true");
    }

    /// <summary>A digest of what callers can see of everything that was prepared, less what changes by itself.</summary>
    public async Task<string> SnapshotAsync()
    {
        var seen = new StringBuilder();
        foreach (var name in _cases)
        {
            seen.AppendLine($"{name}: {await SeeAsync(name)}");
        }

        var cases = await _sessions.ListCasesAsync(new() { PageSize = 200 }, cancellationToken: Cancel);
        seen.AppendJoin(' ', cases.Cases.Select(found => $"{found.Name} {found.Title} {found.State}"));
        seen.AppendLine($"{await _policies.ListRedactionPoliciesAsync(new() { PageSize = 200 }, cancellationToken: Cancel)}");
        seen.AppendLine($"{await _keys.ListApiKeysAsync(new() { PageSize = 200 }, cancellationToken: Cancel)}");
        seen.AppendLine($"{await _knowledge.ListDocumentsAsync(new() { PageSize = 200 }, cancellationToken: Cancel)}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seen}")));
    }

    private static IEnumerable<IMessage> MessagesOf(string method, IMessage request)
    {
        if (request is not EvidenceMetadata metadata)
        {
            return [request];
        }

        // One log entry of each upload's own, in two pieces.
        var content = Content(metadata.FileName);
        ByteString[] pieces = [ByteString.CopyFrom(content.Span[..8]), ByteString.CopyFrom(content.Span[8..])];
        return method == "UploadEvidence"
            ? [new UploadEvidenceRequest { Metadata = metadata }, .. pieces.Select(piece => new UploadEvidenceRequest { Chunk = piece })]
            : [new ImportEvidenceRequest { Metadata = metadata }, .. pieces.Select(piece => new ImportEvidenceRequest { Chunk = piece })];
    }

    private static ByteString Content(string name) => ByteString.CopyFromUtf8($"2026-03-01T10:00:30Z ERROR {name} failed\n");

    private static CreateEvidenceRequest Evidence(string parent)
    {
        var name = $"{Unique}.log";
        return new() { Parent = parent, FileName = name, Content = Content(name) };
    }

    private static BatchImportDocumentsRequest Documents() => new()
    {
        Documents = { new DocumentSource { Path = $"{Unique}.md", Content = ByteString.CopyFromUtf8("# Disks\n\nMake room.\n") } },
    };

    private async Task<string> SeeAsync(string name)
    {
        try
        {
            var messages = await _sessions.ListMessagesAsync(new() { Parent = name }, cancellationToken: Cancel);
            var evidence = await _data.ListEvidenceAsync(new() { Parent = name }, cancellationToken: Cancel);
            var turns = await _agent.ListTurnsAsync(new() { Parent = name }, cancellationToken: Cancel);
            var reports = await _agent.ListReportsAsync(new() { Parent = name }, cancellationToken: Cancel);
            return $"{reports.Reports.Count} reports, "
                + $"{messages.Messages.Count(message => message.Author == Message.Types.Author.User)} messages of people, "
                + $"{turns.Turns.Count} turns, {string.Join(' ', evidence.Evidence.Select(file => $"{file.Name} {file.Etag}"))}";
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return "deleted";
        }
    }

    private async Task<UnshareCaseRequest> UnshareAsync()
    {
        var request = new UnshareCaseRequest { Name = await CaseAsync(), Member = $"person:{Unique}" };
        await _sessions.ShareCaseAsync(
            new() { Name = request.Name, Member = request.Member, Role = CaseMember.Types.Role.Viewer }, cancellationToken: Cancel);
        return request;
    }

    private async Task<string> ClosedCaseAsync()
    {
        var name = await CaseAsync();
        await _sessions.CloseCaseAsync(
            new() { Name = name, Resolution = Case.Types.Resolution.Resolved }, cancellationToken: Cancel);
        return name;
    }

    private async Task<string> CaseAsync()
    {
        var name = (await _sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;
        _cases.Add(name);
        return name;
    }

    private async Task<string> EvidenceAsync() =>
        (await _data.CreateEvidenceAsync(Evidence(await CaseAsync()), cancellationToken: Cancel)).Name;

    private static CreateApiKeyRequest NewKey() => new()
    {
        ApiKey = new()
        {
            DisplayName = Unique,
            Roles = { ApiKey.Types.Role.Viewer },
            ExpireTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)),
        },
    };

    private async Task<string> KeyAsync() => (await _keys.CreateApiKeyAsync(NewKey(), cancellationToken: Cancel)).Name;

    private async Task<string> TurnAsync() =>
        (await _agent.CreateTurnAsync(new() { Parent = await CaseAsync() }, cancellationToken: Cancel)).Name;

    private async Task<RedactionPolicy> PolicyAsync()
    {
        var policy = await _policies.CreateRedactionPolicyAsync(
            new() { RedactionPolicyId = $"p{Unique}", RedactionPolicy = new() }, cancellationToken: Cancel);
        policy.Etag = "";
        return policy;
    }

    private async Task<string> ScopeAsync()
    {
        var scope = $"scopes/{Unique}";
        await _redaction.RedactTextAsync(new() { Scope = scope, Text = "mail anna@example.org" }, cancellationToken: Cancel);
        return scope;
    }

    private async Task<string> DeadLetterAsync()
    {
        var about = new CaseClosed { Case = $"cases/{Unique}" };
        var entry = new OutboxEntry(
            Guid.NewGuid(), "made-up", CaseClosed.Descriptor.FullName, about.ToByteArray(),
            CallIdentity.OfService("session", Principal.LocalUser.Tenant), null);
        var letter = new DeadLetter(Unique, entry.ToBytes(), 10, DateTimeOffset.UnixEpoch, "made up");
        var store = host.Services.GetRequiredKeyedService<StateStore>("session");
        var transaction = new StateTransaction(store.Shards[0]);
        transaction.Put($"{OutboxStore.DeadPrefix}{letter.Id}", letter.ToBytes());
        await store.CommitAsync(transaction, Cancel);
        return $"outboxes/session/deadLetters/{letter.Id}";
    }
}
