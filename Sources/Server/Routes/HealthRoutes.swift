import Collection
import Hummingbird
import Metrics
import Postgres
import Values

/// Health checks and metrics.
struct HealthRoutes {
    let readiness: Readiness
    let pool: Pool
    let settler: Settler
    let registry: PrometheusRegistry
    let mode: InstallationMode

    /// - Parameter withMetrics: whether the figures are answered beside the rest.
    func add(to router: RouteTable, withMetrics: Bool) {
        if withMetrics { addMetrics(to: router) }
        // Liveness: the process responds. The database is not checked: its outage must not restart the server.
        router.get("/healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("/readyz") { _, context in
            if let reason = await readiness.notReady() {
                return Problem(.notReady, reason).response(context)
            }
            return Response.json(["status": "ready"])
        }
        router.get("/openapi.yaml") { _, _ in
            Response.text(String(decoding: PackageResources.openapi_yaml, as: UTF8.self), "application/yaml")
        }
    }

    /// Names every connection and tells how much passes through it: for those who run the service.
    func addMetrics(to router: RouteTable) {
        router.get("/metrics") { _, _ in
            let usage = pool.usage
            Gauge(label: "khop_database_connections_lent").record(usage.lent)
            Gauge(label: "khop_database_connections_idle").record(usage.idle)
            Gauge(label: "khop_database_waiters").record(usage.waiting)
            let load = settler.load
            Gauge(label: "khop_settlement_waiting").record(load.waiting)
            Gauge(label: "khop_settlement_batches_in_flight").record(load.inFlight)
            // A live installation has no such figure: an alert on it cannot be mistaken for one of the live system.
            if mode == .test { Gauge(label: "khop_test_mode").record(1) }
            return Response.text(registry.text, "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}
