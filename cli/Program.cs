using FaultMaven.Cli;

using var interruption = Interruption.Listen();
return await FaultMavenCommand.RunAsync(args, interruption);
