import Collection
import Console
import Hummingbird
import Identity
import Postgres
import Values

/// How the installation is, for who runs or audits it.
struct ConsoleDoctorRoutes {
    let door: ConsoleFrontDoor
    let database: Database
    let settler: Settler
    let version: String
    let checkUp: (@Sendable () async -> [Finding])?

    func add(to routes: RouteTable) {
        door.get(routes, "/console/operations/doctor", .readEventEndpoints) { call in
            try call.caller.requireWholeProvince()
            let signs = try await InstallationSigns.read(database)
            let findings = await checkUp?() ?? signs.findings(now: .now())
            let load = settler.load
            let state = DoctorPage.State(
                signs: signs,
                program: version,
                settling: (load.waiting, load.inFlight)
            )
            return .page(DoctorPage(findings, state, in: call.language))
        }
    }
}
