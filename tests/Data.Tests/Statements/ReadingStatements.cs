using System.Runtime.CompilerServices;
using FaultMaven.Data.Analysis.Statements;

namespace FaultMaven.Data.Tests.Statements;

public class ReadingStatements
{
    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static IEnumerable<(string[] Classes, string Message)> Samples => File.ReadLines(Path.Combine(Here(), "statements.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .Select(parts => (parts[0].Split('|'), parts[1]));

    /// <summary>What is read otherwise than a person would is listed, so that a change that trades one for another shows.</summary>
    [Fact]
    public async Task Finds_what_is_said_except_for_what_is_listed()
    {
        var misses = Samples
            .Select(sample => (sample.Classes, Read: ClassOf(sample.Message), sample.Message))
            .Where(sample => !sample.Classes.Contains(sample.Read))
            .Select(sample => $"{string.Join('|', sample.Classes)}\t{sample.Read}\t{sample.Message}\n");
        var actual = string.Concat(misses);
        var path = Path.Combine(Here(), "misses.approved.txt");
        var approves = Environment.GetEnvironmentVariable("FAULTMAVEN_APPROVE") == "1";
        if (approves)
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.SkipWhen(approves, $"{path} was written.");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), actual);
    }

    [Theory]
    [InlineData("accept4: too many open files; retrying in 1s", "file descriptors")]
    [InlineData("nf_conntrack: table full, dropping packet", "conntrack")]
    [InlineData("write /var/lib/db/7.wal: no space left on device", "disk")]
    [InlineData("certificate for api.example.org has expired", "certificate")]
    [InlineData("System clock is not synchronized", "time")]
    public void Knows_what_kind_of_thing_is_meant(string message, string kind) =>
        Assert.Equal(kind, StatementReader.Read(message)!.ObjectKind);

    [Theory]
    [InlineData("cannot start: load settings: open /etc/a.toml: permission denied", "Denied")]
    [InlineData("checkout failed: call of billing failed: dial tcp 10.0.0.4:443: connect: connection refused", "Refused")]
    [InlineData("request aborted because the certificate has expired", "Expired")]
    public void Takes_the_innermost_of_a_chain(string message, string expected) =>
        Assert.Equal(expected, StatementReader.Read(message)!.Class.ToString());

    [Theory]
    [InlineData("upstream connection refused, client: 192.0.2.10, upstream: \"http://198.51.100.20:8080/a\"", "198.51.100.20")]
    public void Blames_the_peer_that_was_called_and_not_the_caller(string message, string peer) =>
        Assert.Contains(peer, StatementReader.Read(message)!.Peer, StringComparison.Ordinal);

    [Fact]
    public void Reads_sheets_and_tables_by_their_keys()
    {
        string[] lines =
        [
            "$ timedatectl", "System clock synchronized: no", "", "$ df -i", "Filesystem      Inodes   IUsed IFree IUse% Mounted on",
            "/dev/sda2      1638400 1638400     0  100% /srv", "", "Name:       orders", "Endpoints:  <none>", "",
            "name\tmessages\tconsumers", "invoices\t182344\t0", "mail\t3\t2",
        ];

        var read = TextStatements.Read(lines).Where(found => found.Statement.IsProblem)
            .Select(found => (found.Line, found.Statement.Class)).ToList();

        Assert.Equal(
            [(2, StatementClass.Diverged), (6, StatementClass.Exhausted), (9, StatementClass.Missing), (12, StatementClass.Missing)], read);
    }

    [Fact]
    public void Reads_a_condition_by_its_status()
    {
        string[] lines =
        [
            "Name:    node-7", "Conditions:", "  Type             Status  Reason                         Message",
            "  ----             ------  ------                         -------",
            "  MemoryPressure   False   KubeletHasSufficientMemory     kubelet has sufficient memory available",
            "  DiskPressure     True    KubeletHasDiskPressure         kubelet has disk pressure",
            "  PIDPressure      False   KubeletHasSufficientPID        kubelet has sufficient PID available",
            "  Ready            False   KubeletNotReady                container runtime is down",
        ];

        var read = TextStatements.Read(lines).Where(found => found.Statement.IsProblem)
            .Select(found => (found.Line, found.Statement.Class, found.Statement.Subject, found.Statement.Object)).ToList();

        Assert.Equal([(6, StatementClass.Exhausted, "node-7", "disk"), (8, StatementClass.Lost, "node-7", "container runtime")], read);
    }

    [Fact]
    public void Takes_the_attributes_of_markup_for_fields()
    {
        string[] lines = ["<add key=\"Timeout\" value=\"30\" />", "<error_log>/var/log/app</error_log>", "<!-- disk full -->",
            "<state>failed</state>", "<Data Name='Message'>The disk is full.</Data>"];

        var read = TextStatements.Read(lines).Select(found => (found.Line, found.Statement.Class)).ToList();

        Assert.Equal([(4, StatementClass.Failed), (5, StatementClass.Exhausted)], read);
    }

    [Theory]
    [InlineData("thread 'worker' panicked at src/price.rs:9:13", "")]
    [InlineData("[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x49c2a1]", "")]
    [InlineData("connection refused by db-1:5432", "db-1:5432")]
    public void Takes_neither_a_place_in_code_nor_an_address_in_memory_for_a_peer(string message, string peer) =>
        Assert.Equal(peer, StatementReader.Read(message)!.Peer);

    private static string ClassOf(string message) =>
        StatementReader.Read(message) is { IsProblem: true, IsWeak: false } or { Class: StatementClass.Recovered }
            ? StatementReader.Read(message)!.Class.ToString()
            : "None";
}
