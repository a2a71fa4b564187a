using FaultMaven;
using FaultMaven.AppHost;
using FaultMaven.AppHost.Native;

var builder = DistributedApplication.CreateBuilder(args);
var infrastructure = await Infrastructure.ChooseAsync(builder);
var state = StateFolder.Of(builder);

// Stores.
var (redis, rabbitmq) = infrastructure.InContainers
    ? (builder.AddContainerRedis(), builder.AddContainerRabbitMq())
    : (builder.AddNativeRedis(state), builder.AddNativeRabbitMq(state));

// Services.
var redaction = builder.AddService<Projects.FaultMaven_Redaction>(ResourceNames.Redaction)
    .WithEnvironment("Redaction__Directory", state.For(ResourceNames.Redaction))
    .UseStore(redis)
    .UseStore(rabbitmq);

var data = builder.AddService<Projects.FaultMaven_Data>(ResourceNames.Data)
    .WithEnvironment("Data__Directory", state.For(ResourceNames.Data))
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

var knowledge = builder.AddService<Projects.FaultMaven_Knowledge>(ResourceNames.Knowledge)
    .WithEnvironment("Knowledge__Directory", state.For(ResourceNames.Knowledge))
    .WithReference(redaction);

var session = builder.AddService<Projects.FaultMaven_Sessions>(ResourceNames.Session)
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

builder.AddService<Projects.FaultMaven_Agents>(ResourceNames.Agent)
    .WithReference(data)
    .WithReference(knowledge)
    .WithReference(session)
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

// Edges.

builder.Build().Run();
