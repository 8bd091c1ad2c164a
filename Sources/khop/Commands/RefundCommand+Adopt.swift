import ArgumentParser
import Collection
import Identity
import Values

extension RefundCommand {
    struct Adopt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhận đề nghị hoàn mà một chương trình đã lập; người khác mới được duyệt.",
                en: "Take over a refund that a program asked for; another person then approves it."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã khoản hoàn.", en: "The refund's id.")) var id: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let refund = try await Program.withPerson(.requestRefund) { services, acting in
                try await services.refunds.adopt(id, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(
                refund.json(in: .ofTerminal),
                asJSON: json,
                RefundText.asked(refund.json(in: .ofTerminal))
            )
        }
    }
}
