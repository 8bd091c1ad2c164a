import ArgumentParser
import Collection
import Values
import Workflow

struct EventEndpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endpoint",
        abstract: String(
            vi: "Thêm, liệt kê, bật, ngừng, thay khóa, xóa điểm nhận sự kiện.",
            en: "Add, list, enable, disable, rotate or remove the endpoints that events are sent to."
        ),
        subcommands: [Add.self, List.self, Enable.self, Disable.self, Rotate.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thêm điểm nhận; nhận sự kiện từ nay về sau.",
                en: "Add an endpoint; it receives events from now on."
            ),
            discussion: String(
                vi: "Khóa bí mật được tạo và chỉ hiện một lần này, trừ khi đã nêu khóa.\nCác loại: ",
                en: "Unless a secret is given, one is generated and shown only once.\nTypes: "
            )
                + EventType.allCases.map(\.rawValue).joined(separator: ", ") + "."
        )
        @Argument(
            help: ArgumentHelp(
                vi: "Tên: chữ thường không dấu, chữ số, - và _.",
                en: "Its name: lowercase letters, digits, - and _."
            )
        ) var name: String
        @Option(
            help: ArgumentHelp(
                vi: "Địa chỉ nhận sự kiện: https://…, hoặc http:// trên máy này.",
                en: "Where events are posted: https://…, or http:// on this machine."
            )
        ) var url: String
        @Option(
            help: ArgumentHelp(
                vi: """
                    Các loại cần nhận, cách nhau bằng dấu phẩy; bỏ trống là mọi loại, trừ payment_request.overpaid,
                    receipt.issued, receipt.cancelled, shift.closed, catalogue.changed: những loại này phải nêu tên.
                    """,
                en: """
                    The types to receive, separated by commas; if left out, all but payment_request.overpaid,
                    receipt.issued, receipt.cancelled, shift.closed and catalogue.changed, which have to be named.
                    """
            )
        ) var types: String?
        @Option(
            help: ArgumentHelp(
                vi:
                    "Mã một khóa của cổng sở hữu điểm nhận: chỉ nhận sự kiện về yêu cầu của cổng đó; bỏ trống là của tỉnh, nhận tất cả.",
                en:
                    "The id of a key of the portal that it belongs to, which is told of its own requests alone; the province's own, told of all, if left out."
            )
        ) var portal: String?
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let given = try secret.read()
            let key = try portal.map(Key.identifier)
            let names = types?.split(separator: ",").map(String.init)
            let opened = try await Program.withServices { services, settings in
                try await services.eventEndpoints.add(
                    name: name,
                    url: url,
                    types: names,
                    portal: key,
                    secret: given,
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                opened.json(in: .ofTerminal),
                asJSON: json,
                EventEndpointCommand.told(opened, Phrase(vi: "Đã thêm \(name).", en: "Added \(name)."))
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Liệt kê điểm nhận, không kèm khóa bí mật.",
                en: "List the endpoints, without their secrets."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let all = try await Program.withServices { services, _ in try await services.eventEndpoints.list() }
            Terminal.answer(
                .array(all.map { $0.json(in: .ofTerminal) }),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("tên", "name"), .text("địa chỉ", "url"), .text("loại", "types"),
                        .number("chờ gửi", "pending"), .number("đã thôi", "given up"), .text("trạng thái", "state"),
                    ],
                    all.map {
                        [
                            $0.name, $0.url, $0.types?.joined(separator: ",") ?? String(vi: "tất cả", en: "all"),
                            String($0.pending), String($0.dead), EventEndpointCommand.state($0),
                        ]
                    }
                ).text
            )
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Gửi lại cho điểm nhận, gửi ngay những sự kiện đang chờ.",
                en: "Resume sending to an endpoint, starting with pending events."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên điểm nhận.", en: "The endpoint's name.")) var name: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let endpoint = try await Program.withServices { services, settings in
                try await services.eventEndpoints.enable(name, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                endpoint.json(in: .ofTerminal),
                asJSON: json,
                Phrase(
                    vi: "Đã bật \(name); \(endpoint.pending) sự kiện đang chờ gửi.",
                    en: "\(name) is enabled; \(endpoint.pending) event(s) are pending."
                )
            )
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ngừng gửi cho điểm nhận; sự kiện trong lúc đó được giữ ba ngày.",
                en: "Stop sending to an endpoint; its events are kept for three days."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên điểm nhận.", en: "The endpoint's name.")) var name: String
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var reason = String(
            vi: "ngừng bằng lệnh",
            en: "disabled by command"
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let endpoint = try await Program.withServices { services, settings in
                try await services.eventEndpoints.disable(
                    name,
                    note: reason,
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                endpoint.json(in: .ofTerminal),
                asJSON: json,
                Phrase(vi: "Đã ngừng \(name).", en: "\(name) is disabled.")
            )
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thêm khóa bí mật mới; khóa cũ còn ký trong 24 giờ.",
                en: "Add a new secret; the old one also signs for 24 hours."
            ),
            discussion: String(
                vi: "Khóa bí mật được tạo và chỉ hiện một lần này, trừ khi đã nêu khóa.",
                en: "Unless a secret is given, one is generated and shown only once."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên điểm nhận.", en: "The endpoint's name.")) var name: String
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Flag(help: ArgumentHelp(vi: "Kết thúc khóa cũ ngay.", en: "End the old secret at once.")) var dropOld = false
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let given = try secret.read()
            let opened = try await Program.withServices { services, settings in
                try await services.eventEndpoints.rotate(
                    name,
                    secret: given,
                    dropOld: dropOld,
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                opened.json(in: .ofTerminal),
                asJSON: json,
                EventEndpointCommand.told(opened, Phrase(vi: "Đã thay khóa của \(name).", en: "Rotated \(name)."))
            )
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xóa điểm nhận cùng những gì đang chờ gửi.",
                en: "Remove an endpoint and its pending events."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên điểm nhận.", en: "The endpoint's name.")) var name: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                try await services.eventEndpoints.remove(name, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                ["name": .string(name), "removed": true],
                asJSON: json,
                Phrase(vi: "Đã xóa \(name).", en: "Removed \(name).")
            )
        }
    }

    private static func told(_ opened: EventEndpoints.Opened, _ done: Phrase) -> Phrase {
        guard let secret = opened.secret else { return done }
        return Phrase(
            vi: "\(secret)\n\(done[.vietnamese]) Hãy giữ kín khóa bí mật: khóa không hiện lại.",
            en: "\(secret)\n\(done[.english]) Keep the secret safe: it is not shown again."
        )
    }

    private static func state(_ endpoint: EventEndpoint) -> String {
        if let reason = endpoint.disabledReason {
            return String(vi: "đã ngừng: ", en: "disabled: ") + reason.sentence(in: .ofTerminal)
        }
        return endpoint.consecutiveFailures > 0
            ? String(vi: "đang lỗi", en: "failing") + " (\(endpoint.consecutiveFailures))"
            : String(vi: "đang bật", en: "enabled")
    }
}
