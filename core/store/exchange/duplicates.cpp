#include "core/store/exchange/duplicates.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Forward::ForwardSpec;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

constexpr int AmongExisting = -1; ///< in place of a row's line

QString keyOf(const ForwardSpec &spec, const Kube::PortArgument &port, const QString &address)
{
    const QString local = port.local ? QString::number(*port.local) : port.remote;
    return QStringList{spec.context,
                       spec.kubeconfig,
                       spec.namespaceName,
                       QString::number(int(spec.target.kind)),
                       spec.target.name,
                       port.remote,
                       address,
                       local}
        .join(u'\n');
}

/// What there is so far, and in which line each was first.
class SeenForwards
{
public:
    void add(const ForwardSpec &spec, int line)
    {
        for (const Kube::PortArgument &port : spec.ports)
            addPort(spec, port, line);
    }

    /// The line where this port is already at every address; nullopt if it is not.
    [[nodiscard]] std::optional<int> find(const ForwardSpec &spec, const Kube::PortArgument &port) const
    {
        std::optional<int> line;
        for (const QString &address : spec.addresses) {
            const auto found = m_lines.find(keyOf(spec, port, address));
            if (found == m_lines.end())
                return std::nullopt;
            line = line ? line : *found;
        }
        return line;
    }

    void addPort(const ForwardSpec &spec, const Kube::PortArgument &port, int line)
    {
        for (const QString &address : spec.addresses) {
            const QString key = keyOf(spec, port, address);
            if (!m_lines.contains(key))
                m_lines.insert(key, line);
        }
    }

private:
    QHash<QString, int> m_lines;
};

QString alreadyThere(int line)
{
    if (line == AmongExisting)
        return Text::tr("There is such a forward already.");
    return line == 0 ? Text::tr("The file has it twice.") : Text::tr("Line %1 has it already.").arg(line);
}

void check(ImportedRow &row, SeenForwards &seen)
{
    ForwardSpec &spec = row.forward->spec;
    QList<Kube::PortArgument> fresh;
    QStringList remarks;
    for (const Kube::PortArgument &port : std::as_const(spec.ports)) {
        if (const auto line = seen.find(spec, port)) {
            const QString words = Text::tr("Port %1:").arg(Kube::portText(port)) + u' ' + alreadyThere(*line);
            remarks << (spec.ports.size() == 1 ? alreadyThere(*line) : words);
        } else {
            fresh.append(port);
            seen.addPort(spec, port, row.line);
        }
    }
    if (remarks.isEmpty())
        return;
    row.remarks += remarks;
    row.fate = fresh.isEmpty() ? ImportedRow::Fate::Skipped : ImportedRow::Fate::Changed;
    if (!fresh.isEmpty())
        spec.ports = fresh;
}

} // namespace

Imported withoutDuplicates(Imported imported, const QList<ForwardSpec> &existing)
{
    SeenForwards seen;
    for (const ForwardSpec &spec : existing)
        seen.add(spec, AmongExisting);
    for (ImportedRow &row : imported.rows) {
        if (row.fate != ImportedRow::Fate::Skipped && row.forward)
            check(row, seen);
    }
    return imported;
}

} // namespace Fairlead::Store
