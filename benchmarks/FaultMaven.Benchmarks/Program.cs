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

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
