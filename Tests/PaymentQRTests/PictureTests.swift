import Foundation
import PaymentQR
import TestSupport
import Testing

@Suite struct PictureTests {
    /// zbarimg, a program of others, must read what we draw: any text, at any scale.
    @Test func `scanners read a hundred random texts back`() throws {
        var random = Seeded("texts against zbarimg")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-pictures-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz .-:/&%")
        var texts: [String] = []
        var files: [String] = []
        for number in 0..<100 {
            let length = Int.random(in: 1...220, using: &random)
            // A letter at both ends, since the reader's output is split at line ends and spaces.
            texts.append("K" + String((0..<length).map { _ in random.pick(letters) }) + "H")
            let file = folder.appendingPathComponent("\(1000 + number).png")
            let code = try #require(QRCode(texts[number]))
            try Data(code.png(scale: Int.random(in: 3...6, using: &random))).write(to: file)
            files.append(file.path)
        }
        let output = try OtherProgram.run("zbarimg", ["-q", "--raw", "-Sdisable", "-Sqrcode.enable"] + files)
        #expect(String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) == texts)
    }

    /// The modules drawn in each form, read back by means of its own, are those of the code.
    @Test func `every form draws the same modules`() throws {
        var random = Seeded("forms of a code")
        for _ in 0..<5 {
            let code = try #require(QRCode(String(UInt64.random(in: 0 ... .max, using: &random))))
            let zone = QRCode.quietZone
            let modules = (-zone..<(code.side + zone)).map { y in
                (-zone..<(code.side + zone)).map { x in code.isDark(x, y) }
            }
            #expect(modules.joined().contains(true))
            #expect(try fromSVG(code.svg(moduleSize: 3)) == modules)
            #expect(
                fromTerminal(code.terminal, dark: ["█": (true, true), "▀": (true, false), "▄": (false, true)])
                    == modules
            )
            #expect(
                fromTerminal(code.plainTerminal, dark: [" ": (true, true), "▄": (true, false), "▀": (false, true)])
                    == modules
            )
        }
    }

    private func fromSVG(_ svg: String) throws -> [[Bool]] {
        let size = try #require(svg.split(separator: "viewBox=\"0 0 ").last.flatMap { Int($0.prefix { $0 != " " }) })
        var modules = Array(repeating: Array(repeating: false, count: size), count: size)
        let path = try #require(svg.split(separator: "fill=\"#000\" d=\"").last?.prefix { $0 != "\"" })
        for run in path.split(separator: "z") {
            let parts = run.split { "M,hv".contains($0) }.compactMap { Int($0) }
            try #require(parts.count == 5 && parts[3] == 1 && parts[2] == -parts[4] || parts.count == 4)
            for x in parts[0]..<(parts[0] + parts[2]) { modules[parts[1]][x] = true }
        }
        return modules
    }

    private func fromTerminal(_ text: String, dark: [Character: (Bool, Bool)]) -> [[Bool]] {
        let escape = /\u{1B}\[[0-9;]*m/
        var modules: [[Bool]] = []
        for line in text.replacing(escape, with: "").split(separator: "\n") {
            modules.append(line.map { dark[$0]?.0 ?? false })
            modules.append(line.map { dark[$0]?.1 ?? false })
        }
        // An odd number of rows leaves half a line over.
        if modules.count > (modules.first?.count ?? 0) { modules.removeLast() }
        return modules
    }

    @Test func `pictures larger than the first guess are complete`() throws {
        let code = try #require(QRCode(String(repeating: "VIETQR ", count: 300)))
        let png = code.png(scale: 20)
        #expect(png.count > 4096)
        #expect(
            png.starts(with: [0x89, 0x50, 0x4E, 0x47])
                && png.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
        )
    }

    @Test func `a text that fits no code has no code`() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 2331)) != nil)
        #expect(QRCode(String(repeating: "a", count: 2332)) == nil)
        #expect(QRCode("a\0b")?.side == QRCode("abc")?.side)
    }
}
