#include "core/store/exchange/importer.h"

#include "core/store/exchange/duplicates.h"
#include "core/store/exchange/jsontree.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/recognise.h"
#include "core/store/exchange/sourcetext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNodePtr;
using Documents = QList<YamlNodePtr>;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

// Manifests come in dozens in one file; a thousand documents are none that somebody wrote.
constexpr qsizetype MaxDocuments = 1'000;

Result<Documents, ProfileError> parseTree(const QByteArray &text)
{
    if (looksLikeJson(text)) {
        const auto root = parseJson(text);
        if (root)
            return Documents{*root};
        return Failure{ProfileError{root.error().line, root.error().column,
                                    Text::tr("This is no JSON: %1").arg(root.error().text)}};
    }
    const auto documents = Kube::parseYamlDocuments(text, MaxDocuments);
    if (documents)
        return *documents;
    const Kube::YamlError &error = documents.error();
    return Failure{ProfileError{error.line, error.column, Text::tr("This is no YAML: %1").arg(error.text)}};
}

Reading readTree(Format format, const Documents &documents, const QByteArray &text, const ImportOrigin &origin)
{
    if (documents.isEmpty())
        return Failure{ProfileError{0, 0, Text::tr("There is nothing in it.")}};
    const Kube::YamlNode &root = *documents.first();
    switch (format) {
    case Format::Profile:
        return readProfileRows(root, text);
    case Format::Kftray:
        return readKftray(root);
    case Format::KubeForwarder:
        return readKubeForwarder(root);
    case Format::Lens:
        return readLens(root, origin);
    case Format::Headlamp:
        return readHeadlamp(root);
    case Format::Skaffold:
        return readSkaffold(documents);
    case Format::Annotations:
        return readAnnotations(documents);
    case Format::Kubefwd:
        return readKubefwdFile(root);
    case Format::Commands:
    case Format::Krelay:
        break; // have no tree
    }
    return notOfFormat(format, root, {});
}

Reading readText(Format format, const QString &text)
{
    switch (format) {
    case Format::Krelay:
        return readKrelay(text);
    case Format::Kubefwd:
        return readKubefwdCommands(text);
    default:
        return readCommands(text);
    }
}

ProfileError nothingKnown()
{
    QStringList titles;
    for (const FormatInfo &info : formats())
        titles << info.title;
    return {0, 0,
            Text::tr("There are no forwards in it that Fairlead can read. It reads: %1.").arg(titles.join(u", "_s))};
}

/// With or without a format that was asked for.
Reading read(const QByteArray &text, std::optional<Format> format, const ImportOrigin &origin)
{
    const QString words = QString::fromUtf8(text);
    if (format && isTextFormat(*format))
        return readText(*format, words);
    const auto documents = parseTree(text);
    const auto ofTree = documents ? formatOfTree(*documents) : std::nullopt;
    if (documents && (ofTree || format) && !(format == Format::Kubefwd && !ofTree))
        return readTree(format.value_or(ofTree.value_or(Format::Profile)), *documents, text, origin);
    const auto ofText = formatOfText(words);
    const bool isBrokenTree = !documents && (format || looksLikeJson(text) || looksLikeYaml(words));
    if (ofText && (!format || format == ofText)) {
        auto lines = readText(*ofText, words);
        if (lines || !isBrokenTree)
            return lines;
    }
    if (isBrokenTree)
        return Failure{documents.error()};
    return Failure{nothingKnown()};
}

} // namespace

Failure<ProfileError> notOfFormat(Format format, const Kube::YamlNode &node, const QString &missing)
{
    return {ProfileError{node.line, node.column,
                         Text::tr("This is nothing of %1: %2 is missing.", "%1 program, %2 what is missing")
                             .arg(formatInfo(format).title, missing)}};
}

Result<Imported, ProfileError> importForwards(const QByteArray &text, std::optional<Format> format,
                                              const ImportOrigin &origin)
{
    const auto checked = checkedText(text, MaxImportBytes);
    if (!checked)
        return Failure{checked.error()};
    if (checked->trimmed().isEmpty())
        return Failure{ProfileError{0, 0, Text::tr("There is nothing in it.")}};
    auto imported = read(*checked, format, origin);
    if (!imported)
        return imported;
    if (imported->rows.size() > MaxImportedRows)
        return Failure{ProfileError{0, 0, Text::tr("There are more than %1 forwards in it.").arg(MaxImportedRows)}};
    return withoutDuplicates(std::move(imported).value(), {});
}

} // namespace Fairlead::Store
