package org.dyadic.lang.exchange;

import org.dyadic.lang.dyadic.Declaration;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.serializer.diagnostic.ISerializationDiagnostic.Acceptor;
import org.eclipse.xtext.serializer.tokens.ICrossReferenceSerializer;

/**
 * Writes a reference as the name of what it refers to, whether or not that is visible: a model that
 * does not come from files imports nothing.
 */
public final class NamesOnly implements ICrossReferenceSerializer {

    @Override
    public boolean isValid(
            EObject object, CrossReference reference, EObject target, INode node, Acceptor errors) {
        return target instanceof Declaration named && named.getName() != null;
    }

    @Override
    public String serializeCrossRef(
            EObject object, CrossReference reference, EObject target, INode node, Acceptor errors) {
        return ((Declaration) target).getName();
    }
}
