using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// A shell that outlives the app host by a moment: when the host is gone, even by kill -9, its end of the pipe closes, and the shell ends the process
/// groups that were still running.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const string Script = """
        groups=" "
        while read -r change group; do
            case $change in
                started) groups="$groups$group " ;;
                ended) groups="${groups%% $group *} ${groups#* $group }" ;;
            esac
        done
        for group in $groups; do kill -TERM -"$group"; done 2>/dev/null
        tries=0
        while [ $tries -lt 50 ]; do
            left=
            for group in $groups; do kill -0 -"$group" 2>/dev/null && left=yes; done
            [ -n "$left" ] || exit 0
            sleep 0.2
            tries=$((tries + 1))
        done
        for group in $groups; do kill -KILL -"$group"; done 2>/dev/null
        """;

    private readonly Lock _lock = new();
    private readonly Process _shell;

    public Watchdog() => _shell = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script])
    {
        RedirectStandardInput = true,
    })!;

    public void Started(int group) => Tell("started", group);

    public void Ended(int group) => Tell("ended", group);

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.Dispose();
    }

    private void Tell(string change, int group)
    {
        lock (_lock)
        {
            _shell.StandardInput.WriteLine($"{change} {group}");
            _shell.StandardInput.Flush();
        }
    }
}
