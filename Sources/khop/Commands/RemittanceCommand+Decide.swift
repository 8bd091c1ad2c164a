import ArgumentParser
import Collection
import Foundation
import Identity
import Values
import Workflow

extension RemittanceCommand {
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Duyệt lệnh nộp người khác lập.", en: "Approve an order that another person made.")
        )
        @Argument(help: ArgumentHelp(vi: "Số lệnh.", en: "The number of the order.")) var id: Int64
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let order = try await Program.withPerson(.approveRemittance) { services, acting in
                try await services.remittances.approve(id, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(order.json, asJSON: json, text: RemittanceCommand.text(order))
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Từ chối lệnh chưa gửi ngân hàng.",
                en: "Reject an order that was not taken to the bank."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số lệnh.", en: "The number of the order.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Vì sao.", en: "Why.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let note = try RemittanceCommand.checked(note)
            let order = try await Program.withPerson(.takeRemittance) { services, acting in
                try await services.remittances.reject(id, note: note, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(order.json, asJSON: json, text: RemittanceCommand.text(order))
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Gửi lệnh đã duyệt đến ngân hàng và ghi tệp lệnh; lệnh đã gửi thì ghi lại tệp.",
                en: "Take an approved order to the bank and write its file; of one that is there, the file again."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số lệnh.", en: "The number of the order.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Ghi tệp XML vào đâu.", en: "Where to write its XML.")) var file: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (order, bytes) = try await Program.withPerson(.takeRemittance) { services, acting in
                let found = try await services.remittances.find(id, within: acting.agencies)
                let isThere = found.state == .sent || found.state == .settled
                let order =
                    isThere
                    ? found : try await services.remittances.send(id, by: acting.person, within: acting.agencies)
                let bytes = try await services.remittances.file(of: id, by: acting.person, within: acting.agencies)
                return (order, bytes)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            Terminal.answer(order.json, asJSON: json, text: RemittanceCommand.text(order))
        }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ghi nhận ngân hàng không thực hiện lệnh: số tiền lại phải nộp.",
                en: "Record that the bank did not carry an order out: its money is due again."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số lệnh.", en: "The number of the order.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Vì sao.", en: "Why.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let note = try RemittanceCommand.checked(note)
            let order = try await Program.withPerson(.takeRemittance) { services, acting in
                try await services.remittances.comeBack(id, note: note, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(order.json, asJSON: json, text: RemittanceCommand.text(order))
        }
    }

    struct Payer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Khai báo một cơ quan nộp kho bạc thế nào: người nộp, kho bạc, cơ quan thu, chương, địa bàn.",
                en: "Say how an agency pays the Treasury: payer, Treasury, collecting office, chapter, locality."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã cơ quan.", en: "The agency's code.")) var agency: String
        @Option(help: ArgumentHelp(vi: "Tên người nộp.", en: "The payer's name.")) var name: String
        @Option(help: ArgumentHelp(vi: "Địa chỉ.", en: "The address.")) var address: String?
        @Option(help: ArgumentHelp(vi: "Mã số thuế.", en: "The tax code.")) var taxCode: String
        @Option(help: ArgumentHelp(vi: "Mã chương, 3 chữ số.", en: "The chapter, 3 digits.")) var chapter: String
        @Option(help: ArgumentHelp(vi: "Mã KBNN, 4 chữ số.", en: "The Treasury's code, 4 digits.")) var treasury: String
        @Option(help: ArgumentHelp(vi: "Tên KBNN.", en: "The Treasury's name.")) var treasuryName: String
        @Option(help: ArgumentHelp(vi: "Mã cơ quan thu, 7 chữ số.", en: "The collecting office's code, 7 digits."))
        var office: String
        @Option(help: ArgumentHelp(vi: "Tên cơ quan thu.", en: "The collecting office's name.")) var officeName: String
        @Option(help: ArgumentHelp(vi: "Mã địa bàn, 5 ký tự.", en: "The locality's code, 5 characters."))
        var area: String
        @Option(
            help: ArgumentHelp(
                vi: "Nộp qua Khớp từ ngày nào, không đổi được về sau; hôm nay.",
                en: "The first day whose collections are remitted here, which never changes; today."
            )
        ) var since: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let payer = try await Program.withServices { services, settings in
                let known = try await services.remittances.payer(of: agency)
                let first = try since.map { text in
                    guard let day = Day(text) else {
                        throw ServiceError(.invalidParameter, at: "--since", .existingDay)
                    }
                    return day
                }
                let payer = TreasuryPayer(
                    agencyCode: agency,
                    name: name,
                    address: address,
                    taxCode: taxCode,
                    chapter: chapter,
                    treasury: (treasury, treasuryName),
                    office: (office, officeName),
                    areaCode: area,
                    since: first ?? known?.since ?? Instant.now().day
                )
                try await services.remittances.set(payer, by: try await Program.actor(services, settings))
                return payer
            }
            Terminal.answer(
                payer.json,
                asJSON: json,
                Phrase(vi: "Đã đặt cho cơ quan \(agency).", en: "Set for the agency \(agency).")
            )
        }
    }

    static func checked(_ note: String) throws -> String {
        let note = note.trimming()
        guard (1...500).contains(note.count) else {
            throw ServiceError(
                .invalidParameter,
                at: "--note",
                Phrase(vi: "phải có 1 đến 500 ký tự", en: "must have 1 to 500 characters")
            )
        }
        return note
    }
}
