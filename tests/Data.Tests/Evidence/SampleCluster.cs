namespace FaultMaven.Data.Tests.Evidence;

/// <summary>A made-up cluster: what was declared, and the pods that came of it.</summary>
internal static class SampleCluster
{
    public const string Manifests =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: basket
          namespace: garden
        spec:
          replicas: 2
          template:
            metadata:
              labels:
                app: basket
            spec:
              serviceAccountName: basket-runner
              containers:
              - name: basket
                image: registry.example/basket:3.1
                ports:
                - containerPort: 7070
                env:
                - name: CACHE_ADDR
                  value: basket-cache:6379
                - name: DB_PASSWORD
                  valueFrom:
                    secretKeyRef:
                      name: basket-db
                      key: password
                envFrom:
                - configMapRef:
                    name: basket-settings
                volumeMounts:
                - name: rules
                  mountPath: /etc/rules
              volumes:
              - name: rules
                configMap:
                  name: basket-rules
              - name: stock
                persistentVolumeClaim:
                  claimName: basket-stock
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: basket
          namespace: garden
        spec:
          selector:
            app: basket
          ports:
          - port: 80
            targetPort: 7171
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: basket-cache
          namespace: garden
        spec:
          selector:
            app: cache
          ports:
          - port: 6379
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: front
          namespace: garden
        spec:
          ingressClassName: nginx-internal
          rules:
          - host: shop.example
            http:
              paths:
              - path: /basket
                backend:
                  service:
                    name: basket
                    port:
                      number: 80
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: nginx-public
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: only-front
          namespace: garden
        spec:
          podSelector:
            matchLabels:
              app: basket
          policyTypes: [Ingress]
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  app: front-end
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: basket-reads
          namespace: garden
        roleRef:
          kind: Role
          name: reader
        subjects:
        - kind: ServiceAccount
          name: basket-runner
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: basket-stock
          namespace: garden
        spec:
          storageClassName: fast
          volumeName: pv-118
        status:
          phase: Bound
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: basket
          namespace: garden
        spec:
          scaleTargetRef:
            kind: Deployment
            name: basket
          maxReplicas: 4
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: guard
        webhooks:
        - name: guard.example
          clientConfig:
            service:
              name: guard
              namespace: platform

        """;

    public const string Pods =
        """
        {
          "kind": "PodList",
          "items": [
            {
              "metadata": {
                "name": "basket-6c9f7d5b8-x2x7q",
                "namespace": "garden",
                "labels": { "app": "basket", "pod-template-hash": "6c9f7d5b8" },
                "ownerReferences": [{ "kind": "ReplicaSet", "name": "basket-6c9f7d5b8" }]
              },
              "spec": { "nodeName": "worker-4", "containers": [{ "name": "basket", "ports": [{ "containerPort": 7070 }] }] },
              "status": { "phase": "Running", "podIP": "10.8.4.21", "hostIP": "10.0.0.4",
                "conditions": [{ "type": "Ready", "status": "False", "reason": "ContainersNotReady" }] }
            },
            {
              "metadata": { "name": "basket-cache-0", "namespace": "garden", "labels": { "app": "redis-cache" } },
              "spec": { "nodeName": "worker-2" },
              "status": { "phase": "Running" }
            }
          ]
        }

        """;
}
