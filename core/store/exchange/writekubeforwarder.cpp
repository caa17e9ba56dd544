// Kube Forwarder: version 2 of its export, which has one cluster a file. The kubeconfig is left to its user.
#include "core/store/exchange/writers.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kind = Kube::TargetRef::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

QJsonArray pairs(const QList<ExportNotes::Numbers> &ports, qsizetype index)
{
    QJsonArray result;
    for (const ExportNotes::Numbers &port : ports) {
        const QString id = u"%1-%2"_s.arg(index + 1).arg(result.size() + 1);
        result.append(QJsonObject{{u"id"_s, id}, {u"localPort"_s, port.local}, {u"remotePort"_s, port.remote}});
    }
    return result;
}

void writeForward(qsizetype index, const SavedForward &forward, const QString &context, ExportNotes &notes,
                  QJsonArray &services)
{
    const Forward::ForwardSpec &spec = forward.spec;
    const Kind kind = spec.target.kind;
    if (spec.context != context)
        return notes.leaveOut(Text::tr("A file of %1 has one cluster, and this one is of context \"%2\".")
                                  .arg(formatInfo(Format::KubeForwarder).title, context));
    if (kind != Kind::Pod && kind != Kind::Service && kind != Kind::Deployment)
        return notes.leaveOut(Text::tr("Kube Forwarder forwards to pods, services and deployments only."));
    const auto ports = notes.numericPorts();
    if (ports.isEmpty())
        return;
    const QString address = notes.oneAddress();
    notes.kept({u"name"_s, u"context"_s});
    QJsonObject service{{u"alias"_s, spec.name},
                        {u"namespace"_s, spec.namespaceName.isEmpty() ? u"default"_s : spec.namespaceName},
                        {u"workloadType"_s, Kube::kindWord(kind)},
                        {u"workloadName"_s, spec.target.name},
                        {u"forwards"_s, pairs(ports, index)}};
    if (!address.isEmpty())
        service[u"localAddress"_s] = address;
    services.append(service);
}

} // namespace

void writeKubeForwarder(const Profile &profile, Exported &exported)
{
    ExportNotes notes(exported, Format::KubeForwarder);
    const QString context = onlyContext(profile);
    QJsonArray services;
    for (qsizetype i = 0; i < profile.forwards.size(); ++i) {
        notes.begin(i, profile.forwards.at(i));
        writeForward(i, profile.forwards.at(i), context, notes, services);
    }
    const QJsonObject cluster{{u"name"_s, context.isEmpty() ? profile.name : context}, {u"_services"_s, services}};
    exported.text = QJsonDocument(QJsonObject{{u"version"_s, 2}, {u"clusters"_s, QJsonArray{cluster}}}).toJson();
}

} // namespace Fairlead::Store
