// Asks FaultMaven about a folder of evidence: opens a case, uploads the files, asks a question, and follows the investigation.
//
//   export FAULTMAVEN_TOKEN=$(dotnet run --project cli -- token)
//   dotnet run --project samples/team-client -- http://localhost:7080 samples/checkout-outage "Why do checkouts fail?"

using FaultMaven.Client;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using Grpc.Core;

if (args is not [var address, var folder, var question])
{
    Console.Error.WriteLine("usage: TeamClient ADDRESS FOLDER QUESTION");
    return 2;
}

using var faultMaven = new FaultMavenClient(new FaultMavenClientOptions
{
    Address = new Uri(address),
    TokenProvider = _ => new(Environment.GetEnvironmentVariable("FAULTMAVEN_TOKEN")),
});

try
{
    var opened = await faultMaven.Sessions.CreateCaseAsync(new() { Title = Path.GetFileName(Path.GetFullPath(folder)) });
    Console.WriteLine($"Case {opened.Name}");

    foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order())
    {
        var evidence = await UploadAsync(opened.Name, file, Path.GetRelativePath(folder, file));
        Console.WriteLine($"Uploaded {evidence.FileName}: {evidence.LineCount} lines");
    }

    var turn = await faultMaven.Agent.CreateTurnAsync(new() { Parent = opened.Name, Question = question });
    return await FollowAsync(turn.Name);
}
catch (RpcException exception)
{
    var error = exception.ToFaultMavenError();
    Console.Error.WriteLine($"{error.Code} ({error.Reason}): {error.Message}");
    foreach (var field in error.Fields)
    {
        Console.Error.WriteLine($"  {field.Field} {field.Description}");
    }

    return 1;
}

async Task<Evidence> UploadAsync(string parent, string path, string name)
{
    await using var file = File.OpenRead(path);
    using var call = faultMaven.Data.UploadEvidence();
    await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = name } });

    var buffer = new byte[256 * 1024];
    while (await file.ReadAsync(buffer) is > 0 and var read)
    {
        await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(buffer.AsSpan(0, read)) });
    }

    await call.RequestStream.CompleteAsync();
    return await call;
}

// A stream can end before the turn does: the service was restarted, or the deadline came. The last sequence number resumes it.
async Task<int> FollowAsync(string turn)
{
    var seen = 0L;
    while (true)
    {
        try
        {
            using var call = faultMaven.Agent.WatchTurn(new() { Name = turn, AfterSequence = seen });
            await foreach (var happened in call.ResponseStream.ReadAllAsync())
            {
                seen = happened.Sequence;
                switch (happened.PayloadCase)
                {
                    case TurnEvent.PayloadOneofCase.FindingAdded:
                        Console.WriteLine($"Found: {happened.FindingAdded.Finding.Text}");
                        break;
                    case TurnEvent.PayloadOneofCase.Completed:
                        Console.WriteLine($"\n{happened.Completed.Verdict}: {happened.Completed.Summary}");
                        return 0;
                    case TurnEvent.PayloadOneofCase.Failed:
                        Console.Error.WriteLine(happened.Failed.Error.Message);
                        return 1;
                }
            }
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            await Task.Delay(exception.ToFaultMavenError().RetryAfter ?? TimeSpan.FromSeconds(1));
        }
    }
}
