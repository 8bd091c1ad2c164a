import CPango

/// The fonts of documents, and nothing else that happens to be installed: Liberation Serif, whose letters are as wide
/// as those of the Times that Vietnamese offices write in, with all letters of Vietnamese.
///
/// What a machine's fontconfig says is not asked, so that a document has the same bytes everywhere.
final class FontMap {
    static let family = "Liberation Serif"
    /// Where Debian's fonts-liberation2 puts them.
    private static let folder = "/usr/share/fonts/truetype/liberation2/"
    private static let files = ["Regular", "Bold", "Italic", "BoldItalic"].map { "LiberationSerif-\($0).ttf" }

    let context: OpaquePointer
    private let map: UnsafeMutablePointer<PangoFontMap>

    init() throws {
        guard let fonts = FcConfigCreate() else { throw DocumentError.notDrawn("fontconfig could not begin") }
        defer { FcConfigDestroy(fonts) }
        for file in FontMap.files.map({ FontMap.folder + $0 }) {
            guard FcConfigAppFontAddFile(fonts, file) != 0 else { throw DocumentError.fontMissing(path: file) }
        }
        guard let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) else {
            throw DocumentError.notDrawn("Pango has no FreeType")
        }
        // In C, a font map of this kind is one of fontconfig: a cast, which Swift does not know of.
        pango_fc_font_map_set_config(OpaquePointer(map), fonts)
        guard let context = pango_font_map_create_context(map) else {
            g_object_unref(map)
            throw DocumentError.notDrawn("Pango could not begin")
        }
        self.map = map
        self.context = context
        // On paper, a point is a point: letters are not moved to the dots of a screen.
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        pango_context_set_round_glyph_positions(context, 0)
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
        pango_context_set_language(context, pango_language_from_string("vi"))
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(map)
    }
}
