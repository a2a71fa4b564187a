using FaultMaven.Redaction.Recognition;

/// <summary>Stryker puts the assembly with all mutants next to its tests while it runs them; this copies it from there.</summary>
public sealed class HandingOver
{
    [Fact]
    public void Copies_the_assembly_with_the_mutants()
    {
        // What meets no mutant at all is taken to meet every one.
        Assert.Equal(0, Alphabets.Run("", 0, Alphabets.Digits, 1));
        var assembly = typeof(RecognitionEngine).Assembly;
        if (!assembly.GetTypes().Any(type => type.Name == "MutantControl"))
        {
            return;
        }

        // artifacts/mutation/probe/bin/Debug/net10.0.
        var target = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "../../../../mutated"));
        File.Copy(assembly.Location, Path.Combine(target.FullName, Path.GetFileName(assembly.Location)), overwrite: true);
    }
}
