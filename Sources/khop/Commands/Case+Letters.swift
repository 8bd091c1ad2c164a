import ArgumentParser
import Collection
import Foundation
import Server
import Values

extension Case {
    struct Letters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thư tra soát dạng PDF về một hay nhiều vụ việc, mỗi ngân hàng một thư.",
                en: "Letters of inquiry as PDF about one case or many, one a bank."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Các vụ việc.", en: "The cases.")) var ids: [Int64]
        @Option(
            help: ArgumentHelp(
                vi: "Thư mục để ghi các thư; tự tạo nếu chưa có.",
                en: "The folder to write the letters to; created if it does not exist."
            )
        ) var folder = "."
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let what = "case letters " + ids.map { String($0) }.joined(separator: " ")
            let (found, agency) = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, what)
                let found = try await services.cases.letters(ids, seenWith: sight)
                let query = Disclosure.query(["cases": ids.map { String($0) }.joined(separator: ",")])
                let disclosure = Disclosure(.inquiry, count: ids.count - found.left.count, query: query)
                return ((found, settings.installation.name?.vietnamese), disclosure)
            }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var told: [JSON] = []
            for letter in found.letters {
                let path = "\(folder)/\(letter.fileName)"
                let bytes = try letter.pdf(of: agency, now: .now())
                try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
                told.append(letter.json(.string(path), under: "file"))
            }
            let left = found.left.map { id in
                String(
                    vi: "vụ việc \(id) không thuộc tài khoản nào, nên không hỏi ngân hàng nào được",
                    en: "case \(id) is about no account, so that no bank can be asked"
                )
            }
            let written = found.letters.map { letter in
                String(vi: "đã ghi", en: "wrote") + " \(folder)/\(letter.fileName)  \(letter.bankName)"
            }
            Terminal.answer(
                ["letters": .array(told), "without_account": .array(found.left.map { .integer($0) })],
                asJSON: json,
                text: (written + left).joined(separator: "\n")
            )
        }
    }
}
