using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Sessions.Cases;
using FaultMaven.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Tests.Listing;

/// <summary>
/// Whatever is done to cases, whether or not the store fails meanwhile: logs, states, counters and index agree, and lists show what a
/// simple model of the cases has.
/// </summary>
public abstract class DoingAnythingWithCases(IStateStoreProvider provider)
{
    private static readonly string[] s_filters =
    [
        "", "state = CLOSED", "state != CLOSED", "priority >= HIGH", "severity = CRITICAL", "service = a", "service = \"a/b\"",
        "service = \"\"", "tags:a",
        "tags:a OR tags:db", "tags:a AND tags:db", "owner = \"person:alice\" AND title:disk", "message_count > 0", "NOT tags:a",
        "service = nowhere",
    ];

    private static readonly string[] s_orders =
    [
        "", "create_time", "update_time", "update_time desc", "priority", "priority desc", "severity desc, update_time",
        "priority, update_time desc", "priority desc, create_time", "title, priority desc", "update_time desc, title",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many series are tried.</summary>
    protected virtual int RunCount => 60;

    [Fact]
    public void Leaves_everything_in_agreement() =>
        Prop.ForAll(CaseCommand.Series(30), commands => RunAsync(commands, former: 0)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(RunCount));

    [Fact]
    public void Leaves_everything_in_agreement_while_cases_of_an_earlier_version_are_indexed() =>
        Prop.ForAll(CaseCommand.Series(15), commands => RunAsync(commands, former: 5)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(RunCount / 2));

    private static void Set(Proto.Case changed, CaseDetails details, IEnumerable<string> fields) =>
        CaseFields.Copy(Details(details), changed, fields);

    private static Proto.Case Details(CaseDetails details) => new()
    {
        Title = details.Title,
        Priority = details.Priority,
        Severity = details.Severity,
        Service = details.Service,
        Tags = { details.Tags },
    };

    private async Task RunAsync(CaseCommand[] commands, int former)
    {
        var cases = CasesUnderTest.On(provider);
        try
        {
            var model = new List<Proto.Case>();
            using (cases.Work())
            {
                foreach (var command in commands.Take(former))
                {
                    await DoAsync(cases, model, command with { Kind = "create", Fault = CommitFault.None });
                    await cases.MakeFormerAsync(NameOf(model[^1]), Cancel);
                }
            }

            cases = Restarted(cases);
            foreach (var command in commands.Skip(former))
            {
                if (command.Kind == "restart")
                {
                    cases = Restarted(cases);
                }

                using var work = cases.Work();
                await DoAsync(cases, model, command);
            }

            using (cases.Work())
            {
                await CompareAsync(cases, model);
                await cases.Indexing.IndexAsync(Cancel);
                await CompareAsync(cases, model);
            }

            cases = Restarted(cases);
            using (cases.Work())
            {
                await DeleteAllAsync(cases, model);
            }
        }
        finally
        {
            cases.Dispose();
        }
    }

    private static CasesUnderTest Restarted(CasesUnderTest before)
    {
        var after = before.Restart();
        before.Dispose();
        return after;
    }

    private static CaseName NameOf(Proto.Case known) => CaseName.TryParse(known.Name, out var name) ? name : default;

    // The model changes if the transaction of the change was made: a creation claims a place first.
    private static async Task DoAsync(CasesUnderTest cases, List<Proto.Case> model, CaseCommand command)
    {
        cases.Time.Advance(TimeSpan.FromSeconds(command.Seconds));
        cases.Store.Fail(command.Fault, command.Commit);
        var change = command.Kind == "create" ? 2 : 1;
        var isMade = command.Fault == CommitFault.None || command.Commit > change
            || (command.Commit == change && command.Fault == CommitFault.After);
        try
        {
            await DoAsync(cases, model, command, isMade);
        }
        catch (StateStoreException exception) when (exception.InnerException is IOException)
        {
            // As the command says.
        }

        cases.Store.Fail(CommitFault.None, 0);
    }

    private static async Task DoAsync(CasesUnderTest cases, List<Proto.Case> model, CaseCommand command, bool isMade)
    {
        var now = cases.Time.GetUtcNow().ToTimestamp();
        var known = model.Count == 0 ? null : model[command.Number % model.Count];
        switch (command.Kind)
        {
            case "create":
                var name = new CaseName(Guid.NewGuid().ToString("n"));
                if (isMade)
                {
                    var created = Details(command.Details);
                    created.Name = $"{name}";
                    created.Owner = "person:alice";
                    created.State = Proto.Case.Types.State.Inquiry;
                    created.CreateTime = now;
                    created.UpdateTime = now;
                    created.Etag = "1";
                    model.Add(created);
                }

                var details = Details(command.Details);
                details.Owner = "person:alice";
                await cases.Log.TryCreateAsync(name, new() { Title = details.Title, Case = details }, Cancel);
                break;
            case "index":
                await cases.Indexing.IndexAsync(Cancel);
                break;
            case "delete" when known is not null:
                if (isMade)
                {
                    model.Remove(known);
                }

                await cases.Log.DeleteAsync(NameOf(known), _ => { }, Cancel);
                break;
            case "update" or "say" or "close" or "reopen" when known is not null:
                var (caseEvent, apply) = EventOf(command);
                if (isMade)
                {
                    apply(known, now);
                    known.UpdateTime = now;
                    known.Etag = $"{int.Parse(known.Etag) + 1}";
                }

                await cases.Log.AppendAsync(NameOf(known), _ => [caseEvent], added => added.State.ToProto(), Cancel);
                break;
        }
    }

    private static (Proto.CaseEvent Event, Action<Proto.Case, Timestamp> Apply) EventOf(CaseCommand command)
    {
        switch (command.Kind)
        {
            case "say":
                return (new() { MessageAdded = new() { Text = "It is slow." } }, (known, _) => known.MessageCount++);
            case "close":
                return (new() { CaseClosed = new() { Resolution = Proto.Case.Types.Resolution.Resolved } }, (known, now) =>
                {
                    known.State = Proto.Case.Types.State.Closed;
                    known.Resolution = Proto.Case.Types.Resolution.Resolved;
                    known.CloseTime = now;
                });
            case "reopen":
                return (new() { CaseReopened = new() }, (known, _) =>
                {
                    known.State = Proto.Case.Types.State.Inquiry;
                    known.Resolution = Proto.Case.Types.Resolution.Unspecified;
                    known.CloseTime = null;
                });
            default:
                IReadOnlyList<string> fields = command.Field == CaseFields.Everything
                    ? ["title", "priority", "severity", "service", "tags"]
                    : [command.Field];
                return (new() { CaseUpdated = CaseFields.UpdateOf(Details(command.Details), fields) },
                    (known, _) => Set(known, command.Details, fields));
        }
    }

    private static async Task CompareAsync(CasesUnderTest cases, List<Proto.Case> model)
    {
        Assert.Empty(await cases.FindProblemsAsync(Cancel));
        foreach (var (i, filter) in s_filters.Index())
        {
            foreach (var order in s_orders)
            {
                var listed = await cases.ListAsync(filter, order, pageSize: 1 + (i % 4), Cancel);

                Assert.Equal(Expected(model, filter, order), listed);
            }
        }
    }

    // By sorting, which keeps the order of equals; the model has cases in the order of creation.
    private static IEnumerable<Proto.Case> Expected(List<Proto.Case> model, string filter, string order)
    {
        var matches = CasesUnderTest.Filter(filter).Matches;
        IEnumerable<Proto.Case> expected = model.Where(matches);
        if (order is not ("create_time" or "update_time" or "priority desc, create_time" or "severity desc, update_time"))
        {
            expected = expected.Reverse();
        }

        return order switch
        {
            "update_time" => expected.OrderBy(known => known.UpdateTime.ToDateTimeOffset()),
            "update_time desc" => expected.OrderByDescending(known => known.UpdateTime.ToDateTimeOffset()),
            "priority" => expected.OrderBy(known => known.Priority),
            "priority desc" or "priority desc, create_time" => expected.OrderByDescending(known => known.Priority),
            "severity desc, update_time" => expected.OrderByDescending(known => known.Severity)
                .ThenBy(known => known.UpdateTime.ToDateTimeOffset()),
            "priority, update_time desc" => expected.OrderBy(known => known.Priority)
                .ThenByDescending(known => known.UpdateTime.ToDateTimeOffset()),
            "title, priority desc" => expected.OrderBy(known => known.Title, StringComparer.Ordinal)
                .ThenByDescending(known => known.Priority),
            "update_time desc, title" => expected.OrderByDescending(known => known.UpdateTime.ToDateTimeOffset())
                .ThenBy(known => known.Title, StringComparer.Ordinal),
            _ => expected,
        };
    }

    private static async Task DeleteAllAsync(CasesUnderTest cases, List<Proto.Case> model)
    {
        foreach (var known in model)
        {
            Assert.True(await cases.Log.DeleteAsync(NameOf(known), _ => { }, Cancel));
        }

        Assert.Equal(0, await cases.CountEntriesAsync(Cancel));
        Assert.Empty(await cases.ListAsync("", "", 10, Cancel));
    }
}

/// <inheritdoc/>
public sealed class DoingAnythingWithCasesOnSqlite(StoresOnSqlite stores)
    : DoingAnythingWithCases(stores.Stores), IClassFixture<StoresOnSqlite>;

/// <inheritdoc/>
public sealed class DoingAnythingWithCasesOnRedis(StoresOnRedis stores)
    : DoingAnythingWithCases(stores.Stores), IClassFixture<StoresOnRedis>
{
    protected override int RunCount => 20;
}

/// <summary>Embedded stores in a folder of their own.</summary>
public sealed class StoresOnSqlite : IDisposable
{
    public EmbeddedState Stores { get; } = new(TimeProvider.System);

    public void Dispose() => Stores.Dispose();
}

/// <summary>Stores in a redis-server of their own.</summary>
public sealed class StoresOnRedis : IAsyncLifetime
{
    private RedisServer? _server;

    public StateInRedis Stores { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        Stores = new StateInRedis(_server);
    }

    public async ValueTask DisposeAsync()
    {
        Stores?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
