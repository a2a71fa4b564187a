using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads objects that send traffic on or keep it out: services, endpoints, ingresses, network policies, webhooks.</summary>
internal sealed class RoutingReader(GraphBuilder graph, CitedFile file, SourceText text)
{
    /// <summary>Reads an object; false if it is not of such a kind.</summary>
    public bool Read(Node node, string kind, GraphObject found, string space)
    {
        switch (kind)
        {
            case ObjectKind.Service:
                ReadService(node, found, space);
                return true;
            case "endpoints":
                ReadEndpoints(node, graph.Mention(ObjectKind.Service, space, found.Name, found.Citations[0]), space);
                return true;
            case "endpoint_slice":
                ReadSlice(node, space);
                return true;
            case ObjectKind.Ingress:
                ReadIngress(node, found, space);
                return true;
            case "http_route" or "grpc_route" or "tcp_route" or "virtual_service":
                ReadRoute(node, found, space);
                return true;
            case ObjectKind.NetworkPolicy:
                ReadPolicy(node, found, space);
                return true;
            case "pod_disruption_budget":
                if (SelectorOf(node.First("spec/selector")) is { } selector)
                {
                    graph.Labels.AddSelector(found, space, selector, [], "", Cite(node.First("spec/selector")!));
                }

                return true;
            case "validating_webhook_configuration" or "mutating_webhook_configuration" or "api_service":
                ReadCallbacks(node, found);
                return true;
            default:
                return false;
        }
    }

    private void ReadService(Node node, GraphObject found, string space)
    {
        if (node.TextOf("spec/clusterIP", "clusterIP", "cluster_ip") is { } address and not "None")
        {
            found.AddAlias(address);
        }

        foreach (var balancer in node.First("status/loadBalancer/ingress")?.Items ?? [])
        {
            found.AddAlias(balancer.TextOf("hostname", "ip"));
        }

        if (node.First("spec/externalName") is { } external)
        {
            graph.Relate(Proto.RelationType.RoutesTo, found, graph.Address(external.Text, "", Cite(external)), Cite(external));
        }

        if (node.First("spec/selector", "selector") is { IsMap: true, Members.Count: > 0 } labels)
        {
            var ports = (node.First("spec/ports", "ports") is { IsList: true } list ? list.Items : [])
                .Select(port => port.TextOf("targetPort", "target_port") is { Length: > 0 } target ? target : port.TextOf("port"))
                .Where(port => port.Length > 0).ToList();
            graph.Labels.AddSelector(found, space, OfLabels(labels), ports, "", Cite(labels));
        }

        if (node.NumberOf("readyAddresses", "ready_count") is 0 || node.First("endpoints") is { IsList: true, Items.Count: 0 })
        {
            found.State = "no endpoints";
        }
    }

    private void ReadEndpoints(Node node, GraphObject service, string space)
    {
        var subsets = node.First("subsets") is { IsList: true } list ? list.Items : [];
        var ready = 0;
        foreach (var subset in subsets)
        {
            foreach (var address in subset.First("addresses")?.Items ?? [])
            {
                ready++;
                Route(service, address, space, address.TextOf("ip"), isReady: true);
            }

            foreach (var address in subset.First("notReadyAddresses")?.Items ?? [])
            {
                Route(service, address, space, address.TextOf("ip"), isReady: false);
            }
        }

        service.State = ready == 0 ? "no endpoints" : $"{ready} endpoints";
    }

    private void ReadSlice(Node node, string space)
    {
        if (node.First("metadata/labels") is not { } labels
            || labels.Members.FirstOrDefault(label => label.Name == "kubernetes.io/service-name").Value is not { } name)
        {
            return;
        }

        var service = graph.Mention(ObjectKind.Service, space, name.Text, Cite(name));
        var endpoints = node.First("endpoints") is { IsList: true } list ? list.Items : [];
        foreach (var endpoint in endpoints)
        {
            Route(service, endpoint, space, endpoint.First("addresses") is { Items: [var first, ..] } ? first.Text : "",
                Values.Flag(endpoint.TextOf("conditions/ready")) != false);
        }

        var ready = endpoints.Count(endpoint => Values.Flag(endpoint.TextOf("conditions/ready")) != false);
        service.State = ready == 0 ? "no endpoints" : $"{ready} endpoints";
    }

    private void Route(GraphObject service, Node endpoint, string space, string address, bool isReady)
    {
        var target = endpoint.First("targetRef/name") is { } name
            ? graph.Mention(ObjectKind.Of(endpoint.TextOf("targetRef/kind")), space, name.Text, Cite(name))
            : address.Length > 0 ? graph.Address(address, "", Cite(endpoint)) : null;
        if (target is not null)
        {
            target.AddAlias(address);
            graph.Relate(Proto.RelationType.RoutesTo, service, target, Cite(endpoint), isReady ? "" : "the endpoint is not ready",
                !isReady);
        }
    }

    private void ReadIngress(Node node, GraphObject found, string space)
    {
        var annotation = node.First("metadata/annotations")?.Members
            .FirstOrDefault(each => each.Name == "kubernetes.io/ingress.class").Value;
        if ((node.First("spec/ingressClassName", "ingressClassName", "class") ?? annotation) is { IsScalar: true } name)
        {
            graph.Relate(Proto.RelationType.ConfiguredBy, found, graph.Mention(ObjectKind.IngressClass, "", name.Text, Cite(name)),
                Cite(name), "class");
        }

        foreach (var secret in (node.First("spec/tls")?.Items ?? []).Select(entry => entry.First("secretName")).OfType<Node>())
        {
            graph.Relate(Proto.RelationType.ConfiguredBy, found, graph.Mention(ObjectKind.Secret, space, secret.Text, Cite(secret)),
                Cite(secret), "TLS");
        }

        RouteBackend(found, node.First("spec/defaultBackend", "spec/backend"), space, "default");
        foreach (var rule in node.First("spec/rules")?.Items ?? [])
        {
            foreach (var path in rule.First("http/paths")?.Items ?? [])
            {
                RouteBackend(found, path.First("backend"), space, $"{rule.TextOf("host")}{path.TextOf("path")}");
            }
        }
    }

    private void RouteBackend(GraphObject from, Node? backend, string space, string detail)
    {
        if (backend?.First("service/name", "serviceName") is { } name)
        {
            var port = backend.TextOf("service/port/number", "service/port/name", "servicePort");
            graph.Relate(Proto.RelationType.RoutesTo, from, graph.Mention(ObjectKind.Service, space, name.Text, Cite(name)), Cite(name),
                port.Length > 0 ? $"{detail} to port {port}" : detail);
        }
    }

    private void ReadRoute(Node node, GraphObject found, string space)
    {
        foreach (var (below, name) in node.Walk())
        {
            if (below.IsMap && Names.Same(name, "backendRefs") && below.First("name") is { } service)
            {
                var said = below.TextOf("namespace");
                graph.Relate(Proto.RelationType.RoutesTo, found,
                    graph.Mention(ObjectKind.Service, said.Length > 0 ? said : space, service.Text, Cite(service)), Cite(service),
                    $"port {below.TextOf("port")}");
            }
            else if (below.IsMap && Names.Same(name, "destination") && below.First("host") is { IsScalar: true } host)
            {
                graph.Relate(Proto.RelationType.RoutesTo, found, graph.Address(host.Text, "", Cite(host)), Cite(host));
            }
            else if (below.IsMap && Names.Same(name, "parentRefs") && below.First("name") is { } gateway)
            {
                graph.Relate(Proto.RelationType.ConfiguredBy, found, graph.Mention("gateway", space, gateway.Text, Cite(gateway)),
                    Cite(gateway));
            }
        }
    }

    private void ReadPolicy(Node node, GraphObject found, string space)
    {
        var subject = node.First("spec/podSelector");
        var types = string.Join(" and ", (node.First("spec/policyTypes")?.Items ?? []).Select(type => type.Text.ToLowerInvariant()));
        graph.Labels.AddSelector(found, space, SelectorOf(subject) ?? new LabelSelector([]), [],
            $"limits {(types.Length > 0 ? types : "ingress")}", Cite(subject ?? node));
        foreach (var (rules, peers, note) in new[]
        {
            (node.First("spec/ingress"), "from", "allows ingress from"),
            (node.First("spec/egress"), "to", "allows egress to"),
        })
        {
            foreach (var peer in (rules is { IsList: true } ? rules.Items : []).SelectMany(rule => rule.First(peers)?.Items ?? []))
            {
                // A peer in another namespace is not looked for: that the namespaces match cannot be seen from labels of pods.
                if (peer.First("podSelector") is { } selector && peer.First("namespaceSelector") is null
                    && SelectorOf(selector) is { Terms.Count: > 0 } terms)
                {
                    graph.Labels.AddSelector(found, space, terms, [], note, Cite(selector));
                }
            }
        }
    }

    private void ReadCallbacks(Node node, GraphObject found)
    {
        foreach (var (below, name) in node.Walk())
        {
            if (below.IsMap && Names.Same(name, "service") && below.First("name") is { } service)
            {
                graph.Relate(Proto.RelationType.RoutesTo, found,
                    graph.Mention(ObjectKind.Service, below.TextOf("namespace"), service.Text, Cite(service)), Cite(service),
                    below.TextOf("path"));
            }
            else if (below.IsMap && Names.Same(name, "clientConfig") && below.First("url") is { } url)
            {
                SettingPeers.Read("url", url.Text, found, graph, Cite(url));
            }
        }
    }

    private static LabelSelector OfLabels(Node labels) =>
        new([.. labels.Members.Select(label => (label.Name, (IReadOnlyList<string>)[label.Value.Text]))]);

    // Null if it demands something that labels alone do not show.
    private static LabelSelector? SelectorOf(Node? selector)
    {
        if (selector is not { IsMap: true })
        {
            return null;
        }

        var terms = (selector.First("matchLabels")?.Members ?? [])
            .Select(label => (label.Name, (IReadOnlyList<string>)[label.Value.Text])).ToList();
        foreach (var expression in selector.First("matchExpressions")?.Items ?? [])
        {
            if (!Names.IsOneOf(expression.TextOf("operator"), "In", "Exists"))
            {
                return null;
            }

            terms.Add((expression.TextOf("key"), [.. (expression.First("values")?.Items ?? []).Select(value => value.Text)]));
        }

        return new LabelSelector(terms);
    }

    private Proto.Citation Cite(Node node) => file.Cite(text, node);
}
