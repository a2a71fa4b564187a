using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;

namespace FaultMaven.Cli.Tenants;

/// <summary><c>fm tenant forget TENANT --yes</c>: deletes all that a tenant has.</summary>
internal static class ForgetCommand
{
    private static readonly Argument<string> s_tenant = new("tenant") { Description = "The tenant, such as acme", HelpName = "TENANT" };

    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "Confirm: what is deleted cannot be restored" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "forget",
            "Delete all cases, evidence, documents, keys and settings of a tenant. Take away the access of its users before; "
            + "run it again until it deletes nothing.")
        {
            s_tenant, s_yes,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var given = parse.GetRequiredValue(s_tenant);
        if (!TenantName.TryParse($"tenants/{given}", out var name))
        {
            throw new CommandFailedException(ExitCode.Usage, $"'{given}' is not the name of a tenant.");
        }

        if (!parse.GetValue(s_yes))
        {
            throw new CommandFailedException(ExitCode.Usage, $"Deleting all of {given} cannot be undone; add --yes to do it.");
        }

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var forgotten = await connection.Client.Tenants.ForgetTenantAsync(
            new() { Name = $"{name}" }, cancellationToken: cancellationToken);
        await Console.Out.WriteLineAsync(forgotten is { PartitionCount: 0, FileCount: 0, EventCount: 0 }
            ? $"There was nothing of {given}."
            : $"Deleted all of {given}: {forgotten.PartitionCount:N0} groups of records, {forgotten.FileCount:N0} files, "
                + $"{forgotten.EventCount:N0} events that waited.");
        return (int)ExitCode.Done;
    }
}
