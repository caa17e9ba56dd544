#include "core/store/exchange/writers.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// The keys of a profile (docs/profiles.md) that a forward has something in, target and ports aside.
QStringList fieldsOf(const SavedForward &forward)
{
    const Forward::ForwardSpec &spec = forward.spec;
    const std::pair<QString, bool> all[] = {
        {u"name"_s, !spec.name.isEmpty()},
        {u"context"_s, !spec.context.isEmpty()},
        {u"policy"_s, spec.policy != Forward::PodPolicy::FirstReady},
        {u"preferredPod"_s, !spec.preferredPod.isEmpty()},
        {u"running"_s, !forward.running},
        {u"notes"_s, !spec.about.notes.isEmpty()},
        {u"tags"_s, !spec.about.tags.isEmpty()},
        {u"color"_s, !spec.about.color.isEmpty()},
        {u"url"_s, !spec.about.url.isEmpty()},
    };
    QStringList fields;
    for (const auto &[name, isSet] : all) {
        if (isSet)
            fields << name;
    }
    return fields;
}

} // namespace

ExportNotes::ExportNotes(Exported &exported, Format format)
    : m_exported(exported)
    , m_program(formatInfo(format).title)
{
}

void ExportNotes::begin(qsizetype index, const SavedForward &forward)
{
    m_index = index;
    m_forward = &forward;
}

void ExportNotes::remark(const QString &sentence)
{
    m_exported.remarks.append({m_index, false, sentence});
}

void ExportNotes::leaveOut(const QString &sentence)
{
    m_exported.remarks.append({m_index, true, sentence});
}

void ExportNotes::kept(const QStringList &fields)
{
    QStringList lost = fieldsOf(*m_forward);
    lost.removeIf([&](const QString &field) { return fields.contains(field); });
    if (!lost.isEmpty())
        remark(Text::tr("%1 has no place for: %2.", "%1 program, %2 keys").arg(m_program, lost.join(u", "_s)));
}

QList<ExportNotes::Numbers> ExportNotes::numericPorts()
{
    QList<Numbers> numbers;
    for (const Kube::PortArgument &port : m_forward->spec.ports) {
        bool isNumber = false;
        const quint16 remote = port.remote.toUShort(&isNumber);
        if (isNumber)
            numbers.append({port.local.value_or(remote), remote});
        else if (m_forward->spec.ports.size() > 1)
            remark(Text::tr("%1 has no ports by name: %2 is left out.").arg(m_program, Kube::portText(port)));
    }
    if (numbers.isEmpty())
        leaveOut(Text::tr("%1 has no ports by name.").arg(m_program));
    return numbers;
}

QString ExportNotes::oneAddress()
{
    const QStringList &addresses = m_forward->spec.addresses;
    const QString first = addresses.value(0);
    if (addresses.size() > 1)
        remark(Text::tr("%1 has one address a forward: only %2 is there.").arg(m_program, first));
    return first == "localhost"_L1 ? QString() : first;
}

QString onlyContext(const Profile &profile)
{
    const auto named = std::find_if(profile.forwards.begin(), profile.forwards.end(),
                                    [](const SavedForward &forward) { return !forward.spec.context.isEmpty(); });
    return named == profile.forwards.end() ? QString() : named->spec.context;
}

} // namespace Fairlead::Store
