using System.Reflection;
using BenchmarkDotNet.Running;
using FaultMaven.Benchmarks;

// fuzz MINUTES [SEED]: hostile text instead of benchmarks.
if (args is ["fuzz", var minutes, ..])
{
    RedactionFuzz.Run(TimeSpan.FromMinutes(double.Parse(minutes)), args.Length > 2 ? int.Parse(args[2]) : 1);
    return;
}

// speed: redaction by processor time, for a machine that is busy.
if (args is ["speed"])
{
    await RedactionSpeed.RunAsync();
    return;
}

// upload MEGABYTES [none|known|new ...]: a log all the way through Standalone.
if (args is ["upload", var megabytes, .. var kinds])
{
    await UploadSpeed.RunAsync(
        int.Parse(megabytes),
        kinds is [] ? Enum.GetValues<UploadedValues>() : [.. kinds.Select(kind => Enum.Parse<UploadedValues>(kind, ignoreCase: true))]);
    return;
}

// hostile: what text made to be slow costs, by processor time.
if (args is ["hostile"])
{
    RedactionHostile.Run();
    return;
}

// quiet [write]: learns in which incidents nothing is failing now, and measures it.
if (args is ["quiet", .. var quietOptions])
{
    QuietTraining.Run(quietOptions is ["write"]);
    return;
}

// keylines [write]: learns which lines of an incident decide, and measures it.
if (args is ["keylines", .. var options])
{
    KeyLineTraining.Run(options is ["write"]);
    return;
}

// store: durable transactions a second of each store of state, and how long one takes.
if (args is ["store"])
{
    await StateSpeed.RunAsync();
    return;
}

// access: what it costs a call that its caller's right in the case is looked up.
if (args is ["access"])
{
    await CaseAccessSpeed.RunAsync();
    return;
}

// cases COUNT: lists of so many cases, and additions to open ones, in each store of state.
if (args is ["cases", var count])
{
    await CaseSpeed.RunAsync(int.Parse(count));
    return;
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
