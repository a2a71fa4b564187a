using FaultMaven.Mutation;

// watch <folder> [part of a path]…: tests the mutants that Stryker wrote to the folder.
// cover, work: what it starts itself to run the tests in.
return args switch
{
    ["watch", var folder, .. var parts] => await new Watch(folder, parts).RunAsync(),
    ["cover"] => Worker.Cover(),
    ["work"] => Worker.Work(),
    _ => 2,
};
