package org.dyadic.lang.exchange;

import org.dyadic.lang.serializer.DyadicSyntacticSequencer;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.INode;

/** The generated sequencer, which cannot know how the {@code x} of {@code 16 x 16} is written. */
public final class SettingSequencer extends DyadicSyntacticSequencer {

    @Override
    protected String getBYToken(EObject object, RuleCall call, INode node) {
        return "x";
    }
}
