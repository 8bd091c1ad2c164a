import ArgumentParser
import Collection
import Foundation
import Identity
import Values

extension ReceiptCommand {
    struct Reprint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In lại một biên lai theo số, đánh dấu BẢN SAO; ghi vào nhật ký kiểm toán.",
                en: "Print a receipt again by its number, marked as a copy; an entry of the audit."
            )
        )
        @OptionGroup var receipt: ReceiptOptions
        @Option(help: ArgumentHelp(vi: "Ghi bản PDF vào tệp này.", en: "Write it as PDF to this file.")) var pdf: String

        func run() async throws {
            let number = try await Program.withServices { services, settings in
                let found = try await services.receipts.find(receipt.number, agency: receipt.agency)
                let actor = try await Program.actor(services, settings)
                let bytes = try await services.receipts.reprint(found, by: actor)
                try Data(bytes).write(to: URL(fileURLWithPath: pdf))
                return found.number.text
            }
            Terminal.say(Phrase(vi: "Đã in lại \(number) vào \(pdf).", en: "Printed \(number) again to \(pdf)."))
        }
    }
}
