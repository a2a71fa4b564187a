using System.CommandLine;
using System.Text;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Pipes;
using FaultMaven.Protos.Redaction.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Protos.Redaction.V1.RedactionPolicyService;

namespace FaultMaven.Cli.Redact;

/// <summary><c>fm policy</c>: which values redaction looks for, and what it does with them.</summary>
internal static class PolicyCommand
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly JsonFormatter s_json = new(JsonFormatter.Settings.Default.WithIndentation());

    private static readonly Argument<string> s_name = new("name")
    {
        Description = "The policy, such as strict, or one version of it: strict@3",
        HelpName = "NAME",
    };

    private static readonly Argument<string> s_file = new("file")
    {
        Description = "The policy as JSON, in the format of fm policy show; - for standard input",
        HelpName = "FILE",
    };

    public static Command Create(TimeProvider time) => new("policy", "List, show, save and delete redaction policies.")
    {
        Below("list", "List the policies.", time, ListAsync),
        Below("show", "Print a policy, or one version of it, as JSON.", time, ShowAsync, s_name),
        Below("save", "Create a policy or a new version of it.", time, SaveAsync, s_name, s_file),
        Below("delete", "Delete a policy with all its versions.", time, DeleteAsync, s_name),
    };

    private static Command Below(
        string name,
        string description,
        TimeProvider time,
        Func<ParseResult, RedactionPolicyServiceClient, CancellationToken, Task> run,
        params Argument[] arguments)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            await run(parse, new RedactionPolicyServiceClient(connection.Calls), cancellationToken);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task ListAsync(ParseResult parse, RedactionPolicyServiceClient policies, CancellationToken cancellationToken)
    {
        var request = new ListRedactionPoliciesRequest();
        do
        {
            var page = await policies.ListRedactionPoliciesAsync(request, cancellationToken: cancellationToken);
            foreach (var policy in page.RedactionPolicies)
            {
                await Console.Out.WriteLineAsync($"{PolicyName.Short(policy.Name)}@{policy.Version}");
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    private static async Task ShowAsync(ParseResult parse, RedactionPolicyServiceClient policies, CancellationToken cancellationToken)
    {
        var name = PolicyName.From(parse.GetRequiredValue(s_name));
        var policy = await policies.GetRedactionPolicyAsync(new() { Name = name }, cancellationToken: cancellationToken);
        await Console.Out.WriteLineAsync(s_json.Format(policy));
    }

    private static async Task SaveAsync(ParseResult parse, RedactionPolicyServiceClient policies, CancellationToken cancellationToken)
    {
        var name = PolicyName.From(parse.GetRequiredValue(s_name));
        var policy = await ReadAsync(parse.GetRequiredValue(s_file), cancellationToken);
        policy.Name = name;
        var saved = await SaveAsync(policies, policy, cancellationToken);
        await Console.Out.WriteLineAsync($"{PolicyName.Short(saved.Name)}@{saved.Version}");
    }

    // The update reports whether the policy exists: asking first would leave a gap between the two calls.
    private static async Task<RedactionPolicy> SaveAsync(
        RedactionPolicyServiceClient policies, RedactionPolicy policy, CancellationToken cancellationToken)
    {
        var requestId = $"{Guid.NewGuid():N}";
        try
        {
            return await policies.UpdateRedactionPolicyAsync(
                new() { RedactionPolicy = policy, RequestId = requestId }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return await policies.CreateRedactionPolicyAsync(
                new() { RedactionPolicy = policy, RedactionPolicyId = PolicyName.Short(policy.Name), RequestId = requestId },
                cancellationToken: cancellationToken);
        }
    }

    private static async Task DeleteAsync(ParseResult parse, RedactionPolicyServiceClient policies, CancellationToken cancellationToken) =>
        await policies.DeleteRedactionPolicyAsync(
            new() { Name = PolicyName.From(parse.GetRequiredValue(s_name)) }, cancellationToken: cancellationToken);

    private static async Task<RedactionPolicy> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path);
        var buffer = new byte[MaxBytes + 1];
        var length = 0;
        while (await input.ReadSomeAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > MaxBytes)
            {
                throw new CommandFailedException(ExitCode.Unreadable, $"{path} is too large for a policy.");
            }
        }

        try
        {
            return JsonParser.Default.Parse<RedactionPolicy>(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (Exception exception) when (exception is InvalidJsonException or InvalidProtocolBufferException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path} is not a valid policy: {exception.Message}", exception);
        }
    }
}
