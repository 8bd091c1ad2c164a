import ArgumentParser
import Collection
import Values
import Workflow

struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: String(
            vi: "Sự kiện gửi cho cổng dịch vụ công: đã gửi chưa, gửi lại.",
            en: "Events for portals: what was sent, and sending again."
        ),
        discussion: String(
            vi: """
                Máy chủ đang chạy gửi sự kiện, ký theo Standard Webhooks: ít nhất một lần, đúng thứ tự của từng yêu cầu, gửi lại
                trong ba ngày nếu điểm nhận lỗi.
                """,
            en: """
                A running server sends the events, signed as Standard Webhooks defines it: at least once, those of a request in
                order, again and again for three days if an endpoint fails.
                """
        ),
        subcommands: [EventEndpointCommand.self, List.self, Show.self, Redeliver.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê sự kiện, mới nhất trước.", en: "List events, newest first.")
        )
        @Option(
            help: ArgumentHelp(
                vi: "Có lần gửi ở trạng thái pending, delivered hoặc dead.",
                en: "Those with a delivery that is pending, delivered or dead."
            )
        ) var state: String?
        @Option(help: ArgumentHelp(vi: "Về request:ID hoặc case:ID.", en: "Those about request:ID or case:ID."))
        var subject: String?
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let after = try page.after.map { try Event.id($0) }
            let events = try await Program.withServices { services, _ in
                try await services.events.list(
                    EventStore.Filter(state: state, subject: subject),
                    after: after,
                    newestFirst: true,
                    limit: page.limit
                )
            }
            Terminal.answer(
                .array(events.map { $0.json(in: .ofTerminal) }),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("loại", "type"), .text("về", "subject"), .text("tạo lúc", "created"),
                        .text("lần gửi", "deliveries"),
                    ],
                    events.map {
                        [$0.webhookID, $0.type, $0.subject, $0.createdAt.formatted, EventCommand.summary($0)]
                    }
                ).text
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In một sự kiện: nội dung gửi và tình trạng từng lần gửi.",
                en: "Print an event: its content and the state of each delivery."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã sự kiện, 17 hoặc evt_17.", en: "The event's id, 17 or evt_17.")) var id:
            String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try Event.id(id)
            let event = try await Program.withServices { services, _ in try await services.events.find(id) }
            Terminal.answer(
                event.json(in: .ofTerminal),
                asJSON: json,
                text: EventText.describe(event)
            )
        }
    }

    struct Redeliver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Gửi lại một sự kiện, hoặc mọi sự kiện đã thôi gửi; máy chủ đang chạy gửi ngay.",
                en: "Send an event again, or all that were given up; a running server does so immediately."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã sự kiện, 17 hoặc evt_17.", en: "The event's id, 17 or evt_17.")) var id:
            String?
        @Flag(help: ArgumentHelp(vi: "Mọi lần gửi đã thôi.", en: "All deliveries that were given up.")) var dead = false
        @Option(help: ArgumentHelp(vi: "Chỉ đến điểm nhận này.", en: "Only to this endpoint.")) var endpoint: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard (id == nil) == dead else {
                throw ValidationError(
                    Phrase(vi: "Hãy nêu mã sự kiện, hoặc --dead.", en: "Name an event by id, or use --dead.")[
                        .ofTerminal
                    ]
                )
            }
        }

        func run() async throws {
            if let id {
                let number = try Event.id(id)
                let event = try await Program.withServices { services, settings in
                    try await services.events.redeliver(
                        number,
                        endpoint: endpoint,
                        by: try await Program.actor(services, settings)
                    )
                }
                Terminal.answer(
                    event.json(in: .ofTerminal),
                    asJSON: json,
                    Phrase(
                        vi: "Đang gửi lại \(event.webhookID).",
                        en: "\(event.webhookID) is sent again."
                    )
                )
            } else {
                let count = try await Program.withServices { services, settings in
                    try await services.events.redeliverDead(
                        endpoint: endpoint,
                        by: try await Program.actor(services, settings)
                    )
                }
                Terminal.answer(
                    ["redelivered": .integer(count)],
                    asJSON: json,
                    Phrase(
                        vi: "Đang thử lại \(count) lần gửi.",
                        en: "\(count) deliveries are tried again."
                    )
                )
            }
        }
    }

    private static func summary(_ event: Event) -> String {
        event.deliveries.map {
            "\($0["endpoint"]?.string ?? "?"): \(Vocabulary.deliveryState[$0["state"]?.string ?? "?"][.ofTerminal])"
        }.joined(separator: ", ")
    }
}
