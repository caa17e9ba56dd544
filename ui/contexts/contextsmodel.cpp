#include "ui/contexts/contextsmodel.h"

#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextmarks.h"
#include "ui/icons.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

QString problemText(const Kube::ContextSummary &context)
{
    return context.problem.isEmpty() ? context.remark : context.problem;
}

/// Begins with what is wrong: the path of the file is in the tooltip, and a row has little room.
QString shortProblem(const Kube::ContextSummary &context)
{
    QString text = problemText(context);
    const QString place = context.file + u": "_s;
    if (text.startsWith(place))
        text.remove(0, place.size());
    const QString self = u"context \"%1\": "_s.arg(context.name);
    return text.startsWith(self) ? text.sliced(self.size()) : text;
}

QString detailText(const Kube::ContextSummary &context)
{
    QStringList parts{context.server, context.user, context.namespaceName};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace

ContextsModel::ContextsModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ContextsModel::setMarks(const ContextMarks *marks)
{
    m_marks = marks;
    connect(marks, &ContextMarks::changed, this, [this] {
        if (!m_contexts.isEmpty())
            emit dataChanged(index(0), index(rowCount() - 1));
    });
}

void ContextsModel::setContexts(const QList<Kube::ContextSummary> &contexts)
{
    if (contexts == m_contexts)
        return;
    beginResetModel();
    m_contexts = contexts;
    endResetModel();
}

int ContextsModel::rowOf(const Kube::ContextRef &context) const
{
    for (int row = 0; row < m_contexts.size(); ++row) {
        if (m_contexts.at(row).ref() == context)
            return row;
    }
    return -1;
}

int ContextsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_contexts.size());
}

QVariant ContextsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Kube::ContextSummary &context = m_contexts.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return Kube::contextLabel(context.ref());
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return toolTip(context);
    case Qt::DecorationRole:
        return decoration(context);
    case RefRole:
        return QVariant::fromValue(context.ref());
    case DetailRole:
        return detailText(context);
    case ProblemRole:
        return shortProblem(context);
    case ColorRole:
        return m_marks ? int(m_marks->of(context.ref()).color) : 0;
    case ProtectedRole:
        return m_marks && m_marks->of(context.ref()).isProtected;
    case SearchRole:
        return QString(Kube::contextLabel(context.ref()) + u'\n' + detailText(context));
    default:
        return {};
    }
}

QString ContextsModel::toolTip(const Kube::ContextSummary &context) const
{
    QStringList lines{context.server.isEmpty() ? context.name : context.server};
    if (!context.user.isEmpty())
        lines << tr("User: %1").arg(context.user);
    lines << tr("Namespace: %1").arg(context.namespaceName);
    if (!context.file.isEmpty())
        lines << tr("From: %1", "path of a kubeconfig file").arg(context.file);
    if (m_marks && m_marks->of(context.ref()).isProtected)
        lines << tr("Protected: Fairlead asks before the first start there.");
    if (const QString problem = problemText(context); !problem.isEmpty())
        lines << problem;
    return lines.join(u'\n');
}

/// Of several things to say the most urgent one; the list says the others beside it.
QVariant ContextsModel::decoration(const Kube::ContextSummary &context) const
{
    if (!problemText(context).isEmpty())
        return icon(u"warning"_s, Tone::Warning);
    if (!m_marks)
        return {};
    const ContextMarks::Mark mark = m_marks->of(context.ref());
    if (mark.isProtected)
        return icon(u"lock"_s, Tone::Muted);
    if (mark.color != ContextMarks::Color::None)
        return contextColorIcon(mark.color, QGuiApplication::palette());
    return {};
}

} // namespace Fairlead::Ui
