import Collection
import Console
import Hummingbird
import Values

// Many cases at once: what would be proposed, or approved, and then that. What was chosen stands in the address, so that
// nothing of it is lost when a code is asked for or a session has ended.
extension ConsoleCaseRoutes {
    static let batchPath = "/console/cases/batch"

    /// The address that shows what would be done about cases.
    private static func address(_ step: String, _ cases: [Int64], back: String) -> String {
        let ids = cases.map { String($0) }.joined(separator: ".")
        return "\(batchPath)?step=\(step)&cases=\(ids)&back=\(back.percentEncoded())"
    }

    /// The cases of an address: ticked on a list, each by a name of its own, or all in one.
    private static func chosen(_ call: ConsoleCall) -> [Int64] {
        let ticked = call.request.uri.queryParameters.compactMap { name, _ in
            name.hasPrefix("case-") ? Int64(name.dropFirst(5)) : nil
        }
        let named = (call.parameter("cases") ?? "").split(separator: ".").compactMap { Int64($0) }
        return Set(ticked + named).sorted()
    }

    private static func back(_ text: String?) -> String {
        text.flatMap { $0.hasPrefix("/console/cases") ? $0 : nil } ?? ConsoleSection.cases.path
    }

    /// What would be done about the cases that were chosen.
    @Sendable func look(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let chosen = ConsoleCaseRoutes.chosen(call)
        let back = ConsoleCaseRoutes.back(call.parameter("back"))
        switch call.parameter("step") {
        case "inquiry": return .goTo(ConsoleInquiryRoutes.address(chosen, back: back))
        case "approve":
            return .page(
                CaseApprovalPage(
                    try await batches.approvals(chosen, by: call.caller.person, within: agencies),
                    here: ConsoleCaseRoutes.address("approve", chosen, back: back),
                    back: back,
                    note: call.kept["note"] ?? "",
                    for: call.caller,
                    in: call.language
                )
            )
        default:
            return .page(
                CaseBatchPage(
                    try await batches.suggest(chosen, least: .strong, within: agencies),
                    least: .strong,
                    here: ConsoleCaseRoutes.address("preview", chosen, back: back),
                    back: back,
                    note: call.kept["note"],
                    for: call.caller,
                    in: call.language
                )
            )
        }
    }

    /// Does what was shown.
    @Sendable func batch(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let back = ConsoleCaseRoutes.back(form["back"])
        func named(_ prefix: String) -> [(id: Int64, value: String)] {
            form.fields.compactMap { name, value in
                name.hasPrefix(prefix) ? Int64(name.dropFirst(prefix.count)).map { ($0, value) } : nil
            }.sorted { $0.id < $1.id }
        }
        if form["step"] == "approve" {
            let shown = named("proposal-").compactMap { one in Int64(one.value).map { (id: one.id, proposal: $0) } }
            let note = form["note"].trimming()
            let done = try await batches.approve(
                shown,
                note: note.isEmpty ? nil : note,
                by: call.caller.person,
                within: agencies
            )
            return .goTo(ConsoleCaseRoutes.address(back, done))
        }
        let links = named("link-").map { (id: $0.id, reference: $0.value) }
        let done = try await batches.propose(links, note: form["note"], by: call.caller.person, within: agencies)
        return .goTo(ConsoleCaseRoutes.address(back, done))
    }

    /// The list again, with how many were done and which were not.
    static func address(_ back: String, _ done: [CaseBatch.Done]) -> String {
        let failed = done.filter { $0.fault != nil }.map { String($0.id) }.prefix(50).joined(separator: ".")
        return back + (back.contains("?") ? "&" : "?") + "done=\(done.count { $0.fault == nil })"
            + (failed.isEmpty ? "" : "&failed=\(failed)")
    }
}
