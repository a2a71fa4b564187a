using FaultMaven;
using FaultMaven.AppHost;
using FaultMaven.AppHost.Native;
using FaultMaven.AppHost.Publishing;

var builder = DistributedApplication.CreateBuilder(args);
var infrastructure = await Infrastructure.ChooseAsync(builder);
var state = StateFolder.Of(builder);

// Stores.
var (redis, rabbitmq) = infrastructure.InContainers
    ? (builder.AddContainerRedis(), builder.AddContainerRabbitMq())
    : (builder.AddNativeRedis(state), builder.AddNativeRabbitMq(state));

// Services.
var redaction = builder.AddService<Projects.FaultMaven_Redaction>(ResourceNames.Redaction)
    .WithFolder("Redaction__Directory", state)
    .WithAnnotation(Footprint.Large)
    .UseStore(redis)
    .UseStore(rabbitmq);

var data = builder.AddService<Projects.FaultMaven_Data>(ResourceNames.Data)
    .WithFolder("Data__Directory", state)
    .WithAnnotation(Footprint.Large)
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

var knowledge = builder.AddService<Projects.FaultMaven_Knowledge>(ResourceNames.Knowledge)
    .WithFolder("Knowledge__Directory", state)
    .WithReference(redaction)
    .UseStore(redis);

var session = builder.AddService<Projects.FaultMaven_Sessions>(ResourceNames.Session)
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

// Data asks Session whether a case takes evidence, and both of these who may see one.
data.WithReference(session);
redaction.WithReference(session);

var agent = builder.AddService<Projects.FaultMaven_Agents>(ResourceNames.Agent)
    .WithReference(data)
    .WithReference(knowledge)
    .WithReference(session)
    .WithReference(redaction)
    .UseStore(redis)
    .UseStore(rabbitmq);

// Edges.
builder.AddGateway<Projects.FaultMaven_Gateway>(ResourceNames.Gateway, state, redis, agent, data, knowledge, redaction, session);

builder.AddDeploymentFiles();
builder.Build().Run();
