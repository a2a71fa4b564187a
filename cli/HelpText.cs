using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FaultMaven.Cli;

/// <summary>The usual help of a command, followed by examples and exit codes.</summary>
internal sealed class HelpText(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0    done, whatever the result ("not enough evidence" is an answer)
          1    internal error
          2    wrong command line
          3    input missing, unreadable or malformed
          4    service not available, or the data folder is in use
          5    refused: no such case, or not acceptable
          6    no space or no permission to write
          7    'fm admin check' found problems
          130  interrupted

        Results go to standard output, everything else to standard error. A case or evidence may be given by the first
        characters of its id. 'fm completion bash' prints a completion script.
        """;

    private static readonly Dictionary<string, string> s_examples = new()
    {
        ["fm"] =
            """
            Examples:
              fm investigate samples/checkout-outage
              fm investigate app.log pods.json --question "Why do payments fail since 14:00?"
              fm ask 0198c1e2 "When did it start?"
              kubectl logs -f deploy/web | fm redact
              fm knowledge import runbooks && fm knowledge search "disk full on node"
            """,
        ["fm investigate"] =
            """
            Examples:
              fm investigate samples/checkout-outage
              fm investigate app.log pods.json metrics.csv --question "Why do payments fail since 14:00?"
              fm investigate incident/ --all | less
              fm investigate incident/ --json | jq -r .root_cause
              kubectl logs deploy/web | fm investigate - --question "Why does web restart?"
              FAULTMAVEN_TOKEN=… fm investigate incident/ --server https://faultmaven.internal
            """,
        ["fm ask"] =
            """
            Examples:
              fm ask 0198c1e2 "When did it start?"
              fm evidence add 0198c1e2 heap.txt && fm ask 0198c1e2 "What is the root cause?"
              fm ask cases/0198c1e2 "Is it still failing?" --json | jq .since_last_answer
            """,
        ["fm logs templates"] =
            """
            Examples:
              fm logs templates app.log
              fm logs templates app.log --json | jq '.templates | length'
              cut -f4 export.tsv | fm logs templates - --message-only
            """,
        ["fm redact"] =
            """
            Examples:
              fm redact app.log > app.redacted.log
              journalctl -u web | fm redact
              echo '{"id": 1, "text": "mail ann@example.org"}' | fm redact --jsonl
              fm redact app.log --scope incident-42 --policy strict > app.redacted.log
            """,
        ["fm restore"] =
            """
            Examples:
              fm restore app.redacted.log --scope incident-42
              FAULTMAVEN_TOKEN=… fm restore report.md --scope cases/01a2… --server https://faultmaven.internal

            A server elsewhere restores only for administrators.
            """,
        ["fm policy save"] =
            """
            Example:
              echo '{"typeRules": [{"type": "HOST_NAME", "state": "STATE_ON"}], "allowedValues": ["10.0.0.1"]}' | fm policy save strict -
            """,
        ["fm knowledge import"] =
            """
            Examples:
              fm knowledge import docs/runbooks
              fm knowledge import docs/runbooks/disk-full.md
            """,
        ["fm knowledge search"] =
            """
            Examples:
              fm knowledge search "connection pool exhausted"
              echo '{"id": "q1", "query": "disk full"}' | fm knowledge search --jsonl
            """,
        ["fm case show"] =
            """
            Examples:
              fm case show 0198c1e2
              fm case show cases/0198c1e2 --json
            """,
        ["fm case list"] =
            """
            Examples:
              fm case list --state open --limit 20
              fm case list --filter 'priority >= HIGH AND service = checkout'
              fm case list --filter 'tags:database AND create_time > "2026-03-01T00:00:00Z"' --json
            """,
        ["fm case open"] =
            """
            Examples:
              fm case open "Checkout answers 502" --service checkout --priority high --tag payments
              fm evidence add "$(fm case open 'Checkout answers 502')" app.log
              fm case open "Keys in a public bucket" --private
            """,
        ["fm case update"] =
            """
            Examples:
              fm case update 0198c1e2 --severity major --tag payments --tag database
              fm case update 0198c1e2 --link caused_by:0198bf77
              fm case update 0198c1e2 --clear service --clear tags
              fm case update 0198c1e2 --access members
            """,
        ["fm case memory"] =
            """
            Examples:
              fm case memory 0198c1e2
              fm case memory 0198c1e2 --json

            It holds what people stated in messages and questions, what turns found in evidence, and how the conclusion changed.
            """,
        ["fm case members"] =
            """
            Example:
              fm case members 0198c1e2
            """,
        ["fm case share"] =
            """
            Examples:
              fm case share 0198c1e2 bob@example.org
              fm case share 0198c1e2 team:payments --role collaborator

            What a team is called, the claim of the identity provider says that the setting Identity:TeamClaim names.
            """,
        ["fm case unshare"] =
            """
            Example:
              fm case unshare 0198c1e2 team:payments
            """,
        ["fm case transfer"] =
            """
            Example:
              fm case transfer 0198c1e2 bob@example.org --yes
            """,
        ["fm case close"] =
            """
            Examples:
              fm case close 0198c1e2 --resolution resolved --reason "Rolled back to 3.7.2"
              fm case close 0198c1e2 --resolution duplicate --duplicate-of 0198bf77
            """,
        ["fm case reopen"] =
            """
            Example:
              fm case reopen 0198c1e2 --reason "It came back after the next deployment"
            """,
        ["fm evidence"] =
            """
            Examples:
              fm evidence list 0198c1e2
              fm evidence search 0198c1e2 "connection refused"
              fm evidence cat cases/0198c1e2/evidence/0198c1e3#L120-L131
            """,
        ["fm evidence add"] =
            """
            Examples:
              fm evidence add 0198c1e2 heap.txt metrics.csv
              kubectl describe pod web-1 | fm evidence add 0198c1e2 -
            """,
        ["fm evidence search"] =
            """
            Examples:
              fm evidence search 0198c1e2 "connection refused" --context 3
              fm evidence search 0198c1e2 --level error --from 2026-03-11T14:00Z --to 2026-03-11T14:10Z
              fm evidence search 0198c1e2 --field status=500 --field path=/checkout --json
            """,
        ["fm evidence cat"] =
            """
            Examples:
              fm evidence cat cases/0198c1e2/evidence/0198c1e3 | less
              fm evidence cat cases/0198c1e2/evidence/0198c1e3#L120-L131
            """,
        ["fm evidence classify"] =
            """
            Examples:
              fm evidence classify cases/0198c1e2/evidence/0198c1e3 --type command_output --by ann
              fm evidence classify cases/0198c1e2/evidence/0198c1e3          # detect it from the content again
            """,
        ["fm evidence timeline"] =
            """
            Examples:
              fm evidence timeline cases/0198c1e2
              fm evidence timeline cases/0198c1e2 --incident 2026-03-11T14:02Z --templates 20
              fm evidence timeline cases/0198c1e2/evidence/0198c1e3 --from 2026-03-11T14:00Z --bucket 1m --json
            """,
        ["fm evidence graph"] =
            """
            Examples:
              fm evidence graph cases/0198c1e2
              fm evidence graph cases/0198c1e2 --about web-api
              fm evidence graph cases/0198c1e2 --json
            """,
        ["fm admin backup"] =
            """
            Examples:
              fm admin backup /mnt/backups/faultmaven-$(date +%F)
              fm admin backup /mnt/backups/today --data-dir /var/lib/faultmaven

            It may run while 'fm serve' does, and has everything that was acknowledged before it began. It holds the
            key of redacted values (redaction/), without which they cannot be read: keep it as you keep the data
            folder. Its files are for you alone (0600). Keys that come from the environment (Redaction__Key) are not
            in it, nor is the token of the server, which each data folder makes for itself.
            """,
        ["fm admin restore"] =
            """
            Example:
              fm admin restore /mnt/backups/today --data-dir /var/lib/faultmaven

            The data folder must be empty or not exist. It is written beside its place and moved there once it is
            whole and was checked; if the command is killed, run it again.
            """,
        ["fm admin check"] =
            """
            Examples:
              fm admin check
              fm admin check /mnt/backups/today || mail -s "FaultMaven backup is damaged" ops@example.org < /dev/null

            It reads everything: files of SQLite, logs of cases for gaps, texts of evidence against their digests,
            outboxes, and sealed values with the keys that there are. Exit code 7 means problems.
            """,
        ["fm admin migrate"] =
            """
            Example:
              fm admin backup /mnt/backups/before && fm admin migrate state --to 1

            A newer FaultMaven brings files up to date when it starts; this is the way back, with no server running.
            Start the earlier FaultMaven next: this one would bring them up to date again. What the earlier schema has
            no place for is lost.
            """,
        ["fm flag"] =
            """
            Examples:
              fm flag list
              fm flag set agent-model false --server https://faultmaven.internal
              fm flag reset agent-model --server https://faultmaven.internal

            All replicas have a new value within seconds. Listing needs the role operator, switching admin.
            """,
        ["fm settings"] =
            """
            Examples:
              fm settings list --set
              fm settings list --server https://faultmaven.internal --json
              (umask 077; fm settings import former.env --show-secrets > faultmaven.env)

            Settings come from the environment and are read at start; a wrong or misspelt one is named then. Secrets, and
            text that is not known to be harmless, are masked. Listing needs the role operator.
            """,
        ["fm serve"] =
            """
            Examples:
              fm serve
              fm serve --listen http://127.0.0.1:9090 --data-dir /var/lib/faultmaven

            fm finds the token for a server on this machine by itself; other programs get it from 'fm token'. An https
            address needs a certificate: Kestrel__Certificates__Default__Path and Kestrel__Certificates__Default__KeyPath.
            An address that other machines can reach needs a key ('fm key create') or an identity provider
            (Identity__Authority and Identity__Audience).
            """,
        ["fm key create"] =
            """
            Examples:
              fm key create deploy-bot
              fm key create dashboard --role viewer --scope cases --scope evidence --expires-in 90d
              FAULTMAVEN_TOKEN=fmk_… fm case list --server https://faultmaven.internal
            """,
        ["fm key rotate"] =
            """
            Examples:
              fm key rotate 4f0k2m9x7c1d8e6b
              fm key rotate apiKeys/4f0k2m9x7c1d8e6b --grace 2h --expires-in 90d
            """,
        ["fm audit list"] =
            """
            Examples:
              fm audit list
              fm audit list --filter 'kind = REFUSED AND create_time > "2026-03-02T10:00:00Z"'
              fm audit list --filter 'resources : "cases/0198c1e2"' --json
            """,
        ["fm audit verify"] =
            """
            Examples:
              fm audit verify
              fm audit verify --log gateway --known 42:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

            What verify prints of the last entry, kept elsewhere, shows later that nothing was cut off at the end.
            """,
        ["fm audit export"] =
            """
            Example:
              fm audit export > audit.jsonl

            The export is itself an entry of the log.
            """,
        ["fm token"] =
            """
            Example:
              curl -s localhost:7080/v1/cases -H "Authorization: Bearer $(fm token)"
            """,
        ["fm completion"] =
            """
            Examples:
              source <(fm completion bash)
              fm completion zsh > "${fpath[1]}/_fm"
            """,
    };

    // Help is available even where required arguments are missing.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var path = PathOf(parseResult.CommandResult.Command);

        if (s_examples.TryGetValue(path, out var examples))
        {
            output.WriteLine(examples);
            output.WriteLine();
        }

        if (path == "fm")
        {
            output.WriteLine(ExitCodes);
        }

        return result;
    }

    /// <summary>The command with those above it, as typed.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
