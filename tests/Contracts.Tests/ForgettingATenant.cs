using System.Text;
using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>All that a tenant has goes, in every store, and nothing of others.</summary>
public sealed class ForgettingATenant
{
    private const string Word = "Mulberry";

    private static readonly Principal s_leaver = new("Leaver", "ann", PrincipalKind.Person, [Role.Admin, Role.Auditor]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_no_trace_of_it_on_the_disk_and_everything_of_others()
    {
        var folder = Directory.CreateTempSubdirectory("fm-forget-");
        try
        {
            await using (var host = await FaultMavenHost.StartAsync(folder.FullName, null, TestIdentity.Settings, Cancel))
            {
                var calls = host.Channel.CreateCallInvoker();
                var kept = await OneOfEverything.MakeAsync(calls, "Medlar", Cancel);
                var before = await kept.ReadAllAsync(Cancel);
                await OneOfEverything.MakeAsync(new SigningInvoker(calls, s_leaver), Word, Cancel);
                Assert.NotEmpty(FilesWith(folder, Word));

                var client = new FaultMavenClient(calls);
                var first = await client.Tenants.ForgetTenantAsync(new() { Name = "tenants/Leaver" }, cancellationToken: Cancel);
                var second = await client.Tenants.ForgetTenantAsync(new() { Name = "tenants/Leaver" }, cancellationToken: Cancel);

                Assert.True(first is { PartitionCount: > 4, FileCount: 2 }, $"{first}");
                Assert.Equal(new ForgetTenantResponse(), second);
                Assert.Equal(before, await kept.ReadAllAsync(Cancel));
                var again = new FaultMavenClient(new SigningInvoker(calls, s_leaver));
                Assert.Empty((await again.Sessions.ListCasesAsync(new(), cancellationToken: Cancel)).Cases);
                Assert.Empty((await again.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel)).ApiKeys);
            }

            Assert.Empty(FilesWith(folder, Word));
            Assert.Empty(FilesWith(folder, "Leaver"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Is_for_administrators_of_the_installation_and_for_other_tenants_than_theirs()
    {
        await using var host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
        var calls = host.Channel.CreateCallInvoker();

        var own = await RefusalAsync(calls, "tenants/local");
        var byOther = await RefusalAsync(new SigningInvoker(calls, s_leaver), "tenants/Leaver");
        var unreadable = await RefusalAsync(calls, "tenants/../local");

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.TenantOperates), own);
        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.RoleRequired), byOther);
        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), unreadable);
    }

    private static async Task<(StatusCode, ErrorReason)> RefusalAsync(CallInvoker calls, string name)
    {
        var client = new TenantService.TenantServiceClient(calls);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ForgetTenantAsync(new() { Name = name }, cancellationToken: Cancel));
        return (refused.StatusCode, RpcFault.ReasonOf(refused));
    }

    private static IEnumerable<string> FilesWith(DirectoryInfo folder, string word) =>
        from file in folder.EnumerateFiles("*", SearchOption.AllDirectories)
        where file.Name != "lock" && file.Extension != ".sock"
        where file.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
            || File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0
        select file.FullName;
}
