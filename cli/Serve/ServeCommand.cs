using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
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
        Description = "The address for gRPC and JSON, in addition to the local socket in the data folder",
        HelpName = "URL",
        CustomParser = ParseAddress,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:7080"),
    };

    public static Command Create()
    {
        var command = new Command("serve", "Run FaultMaven in the foreground for other tools and terminals, until Ctrl-C.")
        {
            s_listen,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(GlobalOptions.Server) is not null)
        {
            throw new CommandFailedException(ExitCode.Usage, "fm serve is a server; --server does not apply to it.");
        }

        var listen = parse.GetRequiredValue(s_listen);
        await using var host = await StartAsync(parse, listen, cancellationToken);

        // The socket first, then the address, in the order of the options.
        var addresses = host.Addresses.ToList();
        using var note = ServedFolders.Note(
            new Uri(addresses[1]), DataDirectory.Find(parse.GetValue(GlobalOptions.DataDirectory)));
        await Console.Error.WriteLineAsync($"FaultMaven serves gRPC and JSON on {addresses[1]} (in a browser: {addresses[1]}/docs)");
        await Console.Error.WriteLineAsync($"and gRPC on {addresses[0]}. Callers need the token that 'fm token' prints. Ctrl-C stops it.");

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (int)ExitCode.Done;
    }

    private static async Task<StandaloneHost> StartAsync(ParseResult parse, Uri listen, CancellationToken cancellationToken)
    {
        var options = new StandaloneOptions
        {
            DataDirectory = DataDirectory.Prepare(parse.GetValue(GlobalOptions.DataDirectory)),
            Address = listen,
            LogLevel = parse.GetValue(GlobalOptions.Verbose) ? LogLevel.Information : LogLevel.Warning,
            ConfigureServices = EmbeddedServices.Configure,
        };
        EnsureFree(listen);
        try
        {
            return await StandaloneHost.StartAsync(options, cancellationToken);
        }
        catch (Exception exception) when (exception is UnknownCallersException or CertificateException)
        {
            throw new CommandFailedException(ExitCode.Usage, exception.Message, exception);
        }
        catch (CryptographicException exception)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"The certificate cannot be used: {exception.Message}", exception);
        }
        catch (DataDirectoryInUseException exception)
        {
            throw new CommandFailedException(
                ExitCode.Unavailable, $"Another process is using {options.DataDirectory}, perhaps another fm serve.", exception);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw Taken(listen, exception);
        }
    }

    // The host would notice too, but only after logging a stack trace for every part that it had started.
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
        new(ExitCode.Unavailable, $"Port {address.Port} is in use; choose another with --listen.", exception);

    private static Uri? ParseAddress(ArgumentResult result)
    {
        if (StandaloneOptions.ParseAddress(result.Tokens[0].Value) is { } url)
        {
            return url;
        }

        result.AddError($"--listen needs an address such as http://127.0.0.1:7080, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
