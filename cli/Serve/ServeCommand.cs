using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using FaultMaven.Cli.Connections;
using FaultMaven.Standalone;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Cli.Serve;

/// <summary><c>fm serve</c>: the five services in the foreground until Ctrl-C.</summary>
internal static class ServeCommand
{
    private static readonly Option<Uri> s_listen = new("--listen")
    {
        Description = "Where to accept gRPC and JSON, besides the socket in the data folder",
        HelpName = "URL",
        CustomParser = ParseAddress,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:7080"),
    };

    public static Command Create()
    {
        var command = new Command("serve", "Run FaultMaven in the foreground for other tools and terminals, until Ctrl-C.") { s_listen };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(GlobalOptions.Server) is not null)
        {
            throw new CommandFailedException(ExitCode.Usage, "fm serve is a server itself; --server makes no sense here.");
        }

        await using var host = await StartAsync(parse, cancellationToken);

        // The socket first, then the address, as they were asked for.
        var addresses = host.Addresses.ToList();
        await Console.Error.WriteLineAsync($"FaultMaven serves gRPC and JSON on {addresses[1]} (in a browser: {addresses[1]}/docs)");
        await Console.Error.WriteLineAsync($"and gRPC on {addresses[0]}. Ctrl-C stops it.");

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (int)ExitCode.Done;
    }

    private static async Task<StandaloneHost> StartAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var address = parse.GetRequiredValue(s_listen);
        var options = new StandaloneOptions
        {
            DataDirectory = DataDirectory.Prepare(parse.GetValue(GlobalOptions.DataDirectory)),
            Address = address,
            LogLevel = parse.GetValue(GlobalOptions.Verbose) ? LogLevel.Information : LogLevel.Warning,
            ConfigureServices = EmbeddedServices.Configure,
        };
        EnsureFree(address);
        try
        {
            return await StandaloneHost.StartAsync(options, cancellationToken);
        }
        catch (DataDirectoryInUseException exception)
        {
            throw new CommandFailedException(ExitCode.Unavailable, $"Another process is using {options.DataDirectory}; it may be served already.", exception);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw Taken(address, exception);
        }
    }

    // The host finds out too, but only after it has logged a stack for every part that it had started by then.
    private static void EnsureFree(Uri address)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(address.Host), address.Port);
            listener.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw Taken(address, exception);
        }
    }

    private static CommandFailedException Taken(Uri address, Exception exception) =>
        new(ExitCode.Unavailable, $"Port {address.Port} is taken; name another with --listen.", exception);

    // The services listen on addresses of this machine, not on names.
    private static Uri? ParseAddress(ArgumentResult result)
    {
        var given = result.Tokens[0].Value.Replace("//localhost", "//127.0.0.1", StringComparison.OrdinalIgnoreCase);
        if (Uri.TryCreate(given, UriKind.Absolute, out var url) && url is { Scheme: "http" } && IPAddress.TryParse(url.Host, out _))
        {
            return url;
        }

        result.AddError($"--listen wants an address such as http://0.0.0.0:7080, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
