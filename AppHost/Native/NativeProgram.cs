namespace FaultMaven.AppHost.Native;

internal static class NativeProgram
{
    /// <summary>The path of a program: in one of <paramref name="folders"/>, or on PATH.</summary>
    /// <exception cref="DistributedApplicationException">The program is not installed; the message says how to install it.</exception>
    public static string Find(string name, string package, params string[] folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new DistributedApplicationException(
            $"{name} is not on PATH. Install it (Debian, Ubuntu: apt-get install {package}), or start Docker or Podman.");
}
