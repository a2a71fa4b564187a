using System.Diagnostics;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Cases;
using FaultMaven.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FaultMaven.Benchmarks;

/// <summary>What looking up the caller's right in the case costs a call: calls of Standalone over its socket, with and without.</summary>
internal static class CaseAccessSpeed
{
    private const int Rounds = 5;
    private const int Calls = 2_000;

    public static async Task RunAsync()
    {
        await using var checkedHost = await Host.StartAsync(isChecked: true);
        await using var openHost = await Host.StartAsync(isChecked: false);
        foreach (var access in (Case.Types.Access[])[Case.Types.Access.Tenant, Case.Types.Access.Members])
        {
            var withCheck = new List<(double Get, double List)>();
            var without = new List<(double Get, double List)>();

            // In turns, so that what else the machine does falls on both.
            for (var round = 0; round <= Rounds; round++)
            {
                var first = await checkedHost.MeasureAsync(access);
                var second = await openHost.MeasureAsync(access);
                if (round > 0)
                {
                    withCheck.Add(first);
                    without.Add(second);
                }
            }

            Console.WriteLine(
                $"{access,-8} GetCase {Median(withCheck, item => item.Get):N1} µs, unchecked {Median(without, item => item.Get):N1} µs; "
                + $"ListEvidence {Median(withCheck, item => item.List):N1} µs, unchecked {Median(without, item => item.List):N1} µs");
        }

        Console.WriteLine($"one look-up in the store: {await checkedHost.MeasureLookUpAsync():N1} µs");
    }

    private static double Median(List<(double Get, double List)> rounds, Func<(double Get, double List), double> of) =>
        rounds.Select(of).Order().ElementAt(rounds.Count / 2);

    private sealed class Host(StandaloneHost host, string folder) : IAsyncDisposable
    {
        public static async Task<Host> StartAsync(bool isChecked)
        {
            var folder = Directory.CreateTempSubdirectory("fm-access-").FullName;
            var host = await StandaloneHost.StartAsync(
                new StandaloneOptions
                {
                    DataDirectory = folder,
                    ConfigureServices = services =>
                    {
                        if (!isChecked)
                        {
                            services.RemoveAll<ICaseAccessSource>();
                            services.AddSingleton<ICaseAccessSource, Everyone>();
                        }
                    },
                },
                CancellationToken.None);
            return new Host(host, folder);
        }

        public async Task<(double Get, double List)> MeasureAsync(Case.Types.Access access)
        {
            using var channel = host.CreateChannel();
            var sessions = new SessionService.SessionServiceClient(channel);
            var data = new DataService.DataServiceClient(channel);
            var name = (await sessions.CreateCaseAsync(new() { Title = "Speed", Case = new() { Access = access } })).Name;
            return (
                await MicrosecondsAsync(() => sessions.GetCaseAsync(new() { Name = name }).ResponseAsync),
                await MicrosecondsAsync(() => data.ListEvidenceAsync(new() { Parent = name }).ResponseAsync));
        }

        public async Task<double> MeasureLookUpAsync()
        {
            using var channel = host.CreateChannel();
            var name = (await new SessionService.SessionServiceClient(channel).CreateCaseAsync(new() { Title = "Speed" })).Name;
            var parsed = new Protos.Names.CaseName(name.Split('/')[1]);
            var source = host.Services.GetRequiredService<ICaseAccessSource>();
            using var work = new ServiceDefaults.Identity.CallIdentity(
                ServiceDefaults.Identity.Principal.LocalUser, Via: null).Enter("benchmarks");
            return await MicrosecondsAsync(async () => await source.FindAsync(parsed, isFresh: false, CancellationToken.None));
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        // Of processor time, as the machine may have other work.
        private static async Task<double> MicrosecondsAsync(Func<Task> call)
        {
            for (var i = 0; i < Calls / 10; i++)
            {
                await call();
            }

            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var i = 0; i < Calls; i++)
            {
                await call();
            }

            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / Calls;
        }
    }

    private sealed class Everyone : ICaseAccessSource
    {
        private static readonly Protos.CaseAccess s_access = Protos.CaseAccess.Of(new Case());

        public ValueTask<Protos.CaseAccess?> FindAsync(Protos.Names.CaseName name, bool isFresh, CancellationToken cancellationToken) =>
            new(s_access);
    }
}
